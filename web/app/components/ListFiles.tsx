import { useKept } from '../keptMoment.js';
import { now, parseMoment } from '../moment.js';
import { type ListView, toFiles } from '../toFiles.js';
import { FileLinks } from './FileLinks.js';

/** The files of a list, as of the moment that the page is of. */
export function ListFiles({ view }: { readonly view: ListView }) {
  const moment = parseMoment(`?${useKept()}`) ?? now;
  return <FileLinks files={toFiles(view, moment)} of={view.list} />;
}
