import { type EventKey, withEventIds } from '../database/withEventIds.js';
import { place } from './columns.js';
import { type List, references, type TieKey } from './List.js';

/** Rows with equal sort keys in the order of the chain, that of the sort. */
export function tieByPlace(alias: string, shape: 'block' | 'log' | 'part'): readonly TieKey[] {
  return (place(alias, shape).place ?? []).map(({ sql, type }) => ({ sql, type, direction: 'same' }));
}

/** Of rows that stem from a log: their public id, and what refers to other rows. */
export function identified(shape: 'log' | 'part'): Pick<List, 'toRows' | 'always' | 'reads'> {
  const place = ['chainId', 'height', 'logIndex'];
  return {
    toRows: withIds,
    always: shape === 'part' ? [...place, 'part'] : place,
    reads: { ...references, id: place },
  };
}

function withIds(rows: readonly never[]): readonly object[] {
  return withEventIds(rows as readonly EventKey[]);
}
