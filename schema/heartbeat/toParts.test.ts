import { MAX_BODY_BYTES } from './envelope.js';
import { type Beat, MAX_BEATS, parseBatch } from './parseBatch.js';
import { toParts } from './toParts.js';

const longest = (node: number, slot: number): Beat => ({
  ...{
    node,
    slot,
    sentAt: slot * 60_000 + 59_999,
    rttUs: 30_000_000,
    utilPermille: 1_000,
    memoryPermille: 1_000,
    jobs: 10_000,
  },
  hardware: { gpuModel: '\u0001'.repeat(100), gpuCount: 1_024, vramMb: 16_777_216 },
});

describe('toParts', () => {
  it('makes batches that a gateway takes: of one slot, within both limits, and nothing is lost', () => {
    const short = Array.from({ length: 2_500 }, (_, node) => ({ node, slot: 5, sentAt: 300_000 }));
    const long = Array.from({ length: 300 }, (_, node) => longest(node, 999_999_999));
    for (const beats of [short, long, [...short, ...long], long.slice(0, 64)]) {
      const parts = toParts(beats);
      expect(parts.flat()).toHaveLength(beats.length);
      for (const part of parts) {
        const body = JSON.stringify({ beats: part });
        expect(part.length).toBeLessThanOrEqual(MAX_BEATS);
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_BODY_BYTES);
        const slot = part[0]?.slot ?? 0;
        expect(parseBatch(body, { nodes: 65_536, firstSlot: slot, lastSlot: slot })).not.toHaveProperty('flaw');
      }
    }
    expect(toParts([])).toEqual([]);
  });
});
