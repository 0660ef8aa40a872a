/** What was looked up or changed last, by key, in bounded memory; never drops what the database does not hold yet. */
export interface StateCache<State> {
  get(key: string): State | undefined;
  set(key: string, state: State): void;
  /** After each batch: its number, and the number of the last one that is stored. */
  endBatch(batch: number, stored: number): void;
  readonly size: number;
}

/**
 * Two generations: what is asked for moves to the young one, and when that is full the old one is dropped, unless a
 * batch that is not stored yet may have changed something in it. Cheaper than a list in the order of use.
 */
export function createStateCache<State>(limit: number): StateCache<State> {
  let young = new Map<string, State>();
  let old = new Map<string, State>();
  let changedOld = 0;
  return {
    get(key) {
      const found = young.get(key);
      if (found !== undefined) return found;
      const aged = old.get(key);
      if (aged === undefined) return undefined;
      old.delete(key);
      young.set(key, aged);
      return aged;
    },
    set(key, state) {
      young.set(key, state);
    },
    endBatch(batch, stored) {
      if (young.size * 2 < limit || changedOld > stored) return;
      old = young;
      young = new Map();
      changedOld = batch;
    },
    get size() {
      return young.size + old.size;
    },
  };
}
