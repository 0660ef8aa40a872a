import { toEventId } from '../../schema/lib/ids.js';

export interface EventKey {
  readonly chainId: number;
  readonly height: number;
  readonly logIndex: number;
  readonly part?: number;
}

/** Gives rows that stem from a log their public id. */
export function withEventIds<Row extends EventKey>(rows: readonly Row[]): (Row & { readonly id: string })[] {
  return rows.map((row) => Object.assign(row, { id: toEventId(row) }));
}
