import { toHex } from '../../../schema/lib/hex.js';
import { addBloom, bloomMayContain, listHits, logsBloom, matchesBloom } from './bloom.js';
import { type LogFilter, matchesFilter } from './logFilter.js';

const address = (digits: string) => `0x${digits.repeat(20)}` as const;
const topic = (digits: string) => `0x${digits.repeat(32)}` as const;
const [a1, a2] = [address('a1'), address('a2')];
const [t1, t2, t3] = [topic('01'), topic('02'), topic('03')];
const bloom = logsBloom([{ address: a1, topics: [t1, t2] }]);

describe('bloom', () => {
  it('sets three bits for an entry, and misses it when one of them is not set', () => {
    const log = { address: a1, topics: [] };
    const set = [...logsBloom([log]).entries()].flatMap(([at, byte]) =>
      [1, 2, 4, 8, 16, 32, 64, 128].filter((mask) => byte & mask).map((mask) => [at, mask] as const),
    );
    expect(set).toHaveLength(3);
    expect(toHex(logsBloom([]))).toBe(`0x${'00'.repeat(256)}`);
    for (const [at, mask] of set) {
      const without = logsBloom([log]);
      without[at] = (without[at] ?? 0) & ~mask;
      expect(matchesBloom(without, log)).toBe(false);
    }
  });

  it('has every log that went in', () => {
    expect(matchesBloom(bloom, { address: a1, topics: [t1, t2] })).toBe(true);
    expect(matchesBloom(bloom, { address: a1, topics: [t1, t3] })).toBe(false);
    expect(matchesBloom(bloom, { address: a2, topics: [t1, t2] })).toBe(false);
  });

  it.each<[LogFilter, boolean]>([
    [{ addresses: [] }, true],
    [{ addresses: [a1] }, true],
    [{ addresses: [a2, a1] }, true],
    [{ addresses: [a2] }, false],
    [{ addresses: [a1.toUpperCase().replace('0X', '0x')] }, true],
    [{ addresses: [a1], topics: [[t3, t1]] }, true],
    [{ addresses: [a1], topics: [[t3]] }, false],
    [{ addresses: [a2], topics: [[t1]] }, false],
    [{ addresses: [], topics: [[], [t2]] }, true],
    [{ addresses: [], topics: [[t1], [t3]] }, false],
    [{ addresses: [a2], also: { addresses: [a1], topics: [[t1]] } }, true],
    [{ addresses: [a2], also: { addresses: [a1], topics: [[t3]] } }, false],
  ])('answers for the filter %j: %j', (filter, may) => {
    expect(bloomMayContain(bloom, filter)).toBe(may);
  });

  it('rules everything out when it is empty', () => {
    expect(bloomMayContain(logsBloom([]), { addresses: [] })).toBe(false);
  });

  it('unites with others, and lists what it may contain', () => {
    const united = logsBloom([]);
    addBloom(united, bloom);
    addBloom(united, logsBloom([{ address: a2, topics: [] }]));
    expect(listHits(united, [a1, a2, t3])).toEqual([a1, a2]);
  });
});

describe('matchesFilter', () => {
  it.each<[LogFilter, boolean]>([
    [{ addresses: [] }, true],
    [{ addresses: [a1] }, true],
    [{ addresses: [a2] }, false],
    [{ addresses: [a1], topics: [[t1], [t3, t2]] }, true],
    [{ addresses: [a1], topics: [[], [t1]] }, false],
    [{ addresses: [a1], topics: [[], [], []] }, false],
    [{ addresses: [a2], also: { addresses: [a1], topics: [[t1]] } }, true],
    [{ addresses: [a2], also: { addresses: [a1], topics: [[t3]] } }, false],
  ])('holds a log with two topics against %j: %j', (filter, matches) => {
    expect(matchesFilter(filter, { address: a1, topics: [t1, t2] })).toBe(matches);
  });
});
