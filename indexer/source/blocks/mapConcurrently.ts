/** Maps with so many at work at once, at most; the results stand in the order of the items. Fails with the first failure. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  let failed = false;
  async function work(): Promise<void> {
    for (const [at, item] of queue) {
      if (failed) return;
      results[at] = await map(item);
    }
  }
  const workers = Array.from({ length: Math.min(limit, items.length) }, () =>
    work().catch((thrown: unknown) => {
      failed = true;
      throw thrown;
    }),
  );
  await Promise.all(workers);
  return results;
}
