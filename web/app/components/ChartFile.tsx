import { useKept } from '../keptMoment.js';
import { withKept } from '../moment.js';
import { FileLinks } from './FileLinks.js';

/** The rows of a chart as CSV, as of the moment that the page is of. */
export function ChartFile({ path, of }: { readonly path: string; readonly of: string }) {
  return <FileLinks files={{ csv: withKept(path, useKept()) }} of={of} />;
}
