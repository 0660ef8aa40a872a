import { createSeededRandom } from '../lib/createSeededRandom.js';
import { sampleChain } from './sampleChain.js';
import { estimate } from './strata.js';

/** A chain as logs per block; the endpoint refuses ranges beyond its limit, with or without saying which it is. */
function ofDensity(
  toLogs: (height: number) => number,
  options: { readonly limit?: number; readonly says?: boolean } = {},
) {
  let asked = 0;
  let seenLargest = 0;
  const ask = async (from: number, to: number) => {
    asked += 1;
    const blocks = to - from + 1;
    if (options.limit !== undefined && blocks > options.limit) {
      return { kind: 'tooLarge', suggestedBlocks: options.says ? options.limit : undefined } as const;
    }
    seenLargest = Math.max(seenLargest, blocks);
    let [logs, logBlocks] = [0, 0];
    for (let height = from; height <= to; height += 1) {
      logs += toLogs(height);
      if (toLogs(height) > 0) logBlocks += 1;
    }
    return { from, to, logs, logBlocks, bytes: 100 + logs * 500, seconds: 0.01, hasTimes: false };
  };
  return { ask, stats: () => ({ asked, seenLargest }) };
}

async function plan(toLogs: (height: number) => number, to: number, seed = 1) {
  const { ask } = ofDensity(toLogs);
  const random = createSeededRandom(seed);
  return estimate((await sampleChain({ from: 0, to, maxBlocks: 10_000, budget: 60, random, ask })).strata);
}

function sum(toLogs: (height: number) => number, to: number): number {
  let logs = 0;
  for (let height = 0; height <= to; height += 1) logs += toLogs(height);
  return logs;
}

describe('sampleChain', () => {
  it('counts a short chain as it is', async () => {
    const { logs, margin, seenShare } = await plan((height) => height % 7, 4_999);
    expect([logs, margin, seenShare]).toEqual([sum((height) => height % 7, 4_999), 0, 1]);
  });

  it.each([
    ['even', (height: number) => (height % 10 === 0 ? 3 : 0)],
    ['growing', (height: number) => Math.floor(height / 20_000)],
    ['with a hundredth of the chain twenty times as dense', (height: number) => (height % 400_000 < 4_000 ? 20 : 1)],
    ['all of it in the last tenth', (height: number) => (height > 360_000 ? 5 : 0)],
  ])('comes within a quarter of a chain that is %s, for twenty seeds', async (_, toLogs) => {
    const truth = sum(toLogs, 399_999);
    for (let seed = 1; seed <= 20; seed += 1) {
      const { logs } = await plan(toLogs, 399_999, seed);
      expect(Math.abs(logs - truth) / truth).toBeLessThan(0.25);
    }
  });

  it('says how sure it is: the truth lies within the margin for nearly all seeds', async () => {
    const clustered = (height: number) => (Math.floor(height / 5_000) % 9 === 4 ? 12 : 1);
    const truth = sum(clustered, 399_999);
    let held = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const { logs, margin } = await plan(clustered, 399_999, seed);
      if (Math.abs(logs - truth) <= margin) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(34);
  });

  it.each([true, false])('learns what the endpoint takes, be it said or not (%s), within its budget', async (says) => {
    const { ask, stats } = ofDensity((height) => height % 2, { limit: 700, says });
    const { maxBlocks } = await sampleChain({
      from: 0,
      to: 9_999_999,
      maxBlocks: 10_000,
      budget: 40,
      random: createSeededRandom(1),
      ask,
    });
    expect(maxBlocks).toBeLessThanOrEqual(700);
    expect(stats().asked).toBeLessThanOrEqual(40);
    expect(stats().seenLargest).toBeGreaterThan(300);
  });

  it('finds nothing in an empty chain, and does not claim to be sure', async () => {
    const { ask } = ofDensity(() => 0);
    const { strata } = await sampleChain({
      from: 0,
      to: 9_999_999,
      maxBlocks: 1_000,
      budget: 40,
      random: createSeededRandom(1),
      ask,
    });
    const { logs, margin, seenShare } = estimate(strata);
    expect(logs).toBe(0);
    expect(margin).toBeGreaterThan(100);
    expect(seenShare).toBeLessThan(0.01);
  });
});
