import { type Moment, now } from './moment.js';

/** Where all rows of a view are to be had, by format; docs/export.md. Figures of markets are to be had as CSV alone. */
export type Files = Readonly<Partial<Record<(typeof formats)[number], string>>>;

export const formats = ['csv', 'ndjson', 'parquet'] as const;

/** A list of the API as a table shows it. */
export interface ListView {
  /** `jobs`, `payouts` … */
  readonly list: string;
  readonly where?: Readonly<Record<string, unknown>>;
  readonly orderBy?: string;
  readonly orderDirection?: 'asc' | 'desc';
}

/** The rows of a list that no root field of the page's question asks for, such as the jobs of a provider; as of the page's moment. */
export function toFiles(
  { list, where = {}, orderBy, orderDirection }: ListView,
  moment: Moment = now,
): Required<Files> {
  const asked = new URLSearchParams();
  if (Object.keys(where).length > 0) asked.set('where', JSON.stringify(where));
  if (orderBy) asked.set('orderBy', orderBy);
  if (orderDirection) asked.set('orderDirection', orderDirection);
  if (moment.block) asked.set('block', JSON.stringify(moment.block));
  if (moment.finality) asked.set('finality', moment.finality);
  const question = asked.size > 0 ? `?${asked}` : '';
  return Object.fromEntries(
    formats.map((format) => [format, `/export/${list}.${format}${question}`]),
  ) as unknown as Required<Files>;
}
