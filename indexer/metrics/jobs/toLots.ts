/** Jobs, and tasks, whose facts are held in memory at a time: some MB, of which a collection has little to move. */
export const LOT = 500;

export interface SizedJob {
  readonly id: string;
  /** How many tasks it has. */
  readonly volume: number;
}

/** Ids of jobs in lots of so many tasks or a little more. */
export function* toLots(jobs: readonly SizedJob[]): Iterable<readonly string[]> {
  let lot: string[] = [];
  let tasks = 0;
  for (const { id, volume } of jobs) {
    lot.push(id);
    tasks += volume;
    if (tasks < LOT) continue;
    yield lot;
    [lot, tasks] = [[], 0];
  }
  if (lot.length > 0) yield lot;
}
