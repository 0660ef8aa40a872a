import { mapConcurrently } from './mapConcurrently.js';

describe('mapConcurrently', () => {
  it('keeps the order of the items and the limit of what is at work at once', async () => {
    let [working, most] = [0, 0];
    const results = await mapConcurrently([5, 1, 4, 2, 3], 2, async (item) => {
      working += 1;
      most = Math.max(most, working);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      working -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('fails with the first failure and begins nothing more', async () => {
    const begun: number[] = [];
    const mapping = mapConcurrently([1, 2, 3, 4], 1, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('two');
    });
    await expect(mapping).rejects.toThrow('two');
    expect(begun).toEqual([1, 2]);
    expect(await mapConcurrently([], 3, async () => 1)).toEqual([]);
  });
});
