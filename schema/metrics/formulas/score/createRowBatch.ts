import type { TimelineRow } from './Timeline.js';

export interface RowBatch {
  /** A row of the owner of this number. */
  readonly add: (owner: number, row: TimelineRow, place: number) => void;
  /** Hands over what is left. */
  readonly flush: () => void;
}

/**
 * Rows come in the order of time and go to a thousand owners: each to one after the other is a walk through all of memory for each row. So
 * many are held back and handed over owner by owner, those of each in the order in which they came.
 */
export function createRowBatch(onRow: (owner: number, row: TimelineRow, place: number) => void): RowBatch {
  let batch = createColumns(FIRST);
  let count = 0;
  let most = 0;
  const flush = () => {
    const { owners, places, buyers, words, appear, vanish, told, weight } = batch;
    const row = { appear: 0, vanish: 0, told: 0, says: 0, weight: 0, buyer: 0 };
    for (const index of toOwnerOrder(owners, { count, most })) {
      row.appear = appear[index] ?? 0;
      row.vanish = vanish[index] ?? 0;
      row.told = told[index] ?? 0;
      row.says = words[index] ?? 0;
      row.weight = weight[index] ?? 0;
      row.buyer = buyers[index] ?? 0;
      onRow(owners[index] ?? 0, row, places[index] ?? 0);
    }
    count = 0;
    most = 0;
  };
  return {
    add: (owner, row, place) => {
      if (count === MOST) flush();
      else if (count === batch.owners.length) batch = grow(batch);
      batch.owners[count] = owner;
      batch.places[count] = place;
      batch.buyers[count] = row.buyer;
      batch.words[count] = row.says;
      batch.appear[count] = row.appear;
      batch.vanish[count] = row.vanish;
      batch.told[count] = row.told;
      batch.weight[count] = row.weight;
      most = Math.max(most, owner);
      count += 1;
    },
    flush,
  };
}

type Columns = ReturnType<typeof createColumns>;

function createColumns(size: number) {
  return {
    ...{ owners: new Int32Array(size), places: new Int32Array(size), buyers: new Int32Array(size) },
    ...{ words: new Uint8Array(size), appear: new Float64Array(size), vanish: new Float64Array(size) },
    ...{ told: new Float64Array(size), weight: new Float64Array(size) },
  };
}

/** A small network has few rows, and a large one is not copied often. */
function grow(batch: Columns): Columns {
  const grown = createColumns(Math.min(batch.owners.length * 8, MOST));
  for (const name of Object.keys(batch) as (keyof Columns)[]) grown[name].set(batch[name]);
  return grown;
}

const FIRST = 128;
/** Three MB of them. */
const MOST = 65_536;

/** By counting: rows of one owner keep their order. */
function toOwnerOrder(
  owners: Int32Array,
  { count, most }: { readonly count: number; readonly most: number },
): Int32Array {
  const next = new Int32Array(most + 2);
  for (let index = 0; index < count; index += 1) {
    const owner = (owners[index] ?? 0) + 1;
    next[owner] = (next[owner] ?? 0) + 1;
  }
  for (let owner = 0; owner <= most; owner += 1) next[owner + 1] = (next[owner + 1] ?? 0) + (next[owner] ?? 0);
  const order = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const owner = owners[index] ?? 0;
    const place = next[owner] ?? 0;
    order[place] = index;
    next[owner] = place + 1;
  }
  return order;
}
