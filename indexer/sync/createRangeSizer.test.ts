import fc from 'fast-check';
import { createRangeSizer } from './createRangeSizer.js';

describe('range size', () => {
  it('grows until a range holds about as many logs as it should', () => {
    const sizer = createRangeSizer({ maxBlocks: 5_000, targetLogs: 10_000 });
    for (let answers = 0; answers < 12; answers += 1) {
      sizer.noteFetched({ blocks: sizer.blocks, logs: sizer.blocks * 20, bytes: sizer.blocks * 13_000 });
    }
    expect(sizer.blocks).toBe(500);
  });

  it('shrinks at once when a range holds more than the ones before', () => {
    const sizer = createRangeSizer({ maxBlocks: 100_000 });
    for (let answers = 0; answers < 12; answers += 1) sizer.noteFetched({ blocks: sizer.blocks, logs: 0, bytes: 2 });
    expect(sizer.blocks).toBe(100_000);
    sizer.noteFetched({ blocks: 100_000, logs: 1_000_000, bytes: 650_000_000 });
    expect(sizer.blocks).toBeLessThanOrEqual(1_230);
  });

  it('counts bytes, too: fat logs make small ranges', () => {
    const sizer = createRangeSizer({ maxBlocks: 5_000, targetBytes: 1_000_000 });
    for (let answers = 0; answers < 12; answers += 1) {
      sizer.noteFetched({ blocks: sizer.blocks, logs: sizer.blocks, bytes: sizer.blocks * 100_000 });
    }
    expect(sizer.blocks).toBe(10);
    expect(sizer.toExpectedBytes(10)).toBe(1_000_000);
  });

  it('takes what a node suggests for its rule, and tries a little more only after many good answers', () => {
    const sizer = createRangeSizer({ maxBlocks: 5_000 });
    expect(sizer.noteRefused({ blocks: 5_000, suggested: 800 })).toBe(800);
    for (let answers = 0; answers < 24; answers += 1) sizer.noteFetched({ blocks: 800, logs: 1, bytes: 700 });
    expect(sizer.blocks).toBe(800);
    sizer.noteFetched({ blocks: 800, logs: 1, bytes: 700 });
    sizer.noteFetched({ blocks: 800, logs: 1, bytes: 700 });
    expect(sizer.blocks).toBe(880);
  });

  it('never asks for the same range again after a refusal, whatever the node suggests', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10_000 }),
        fc.option(fc.integer({ min: 1, max: 20_000 })),
        (blocks, suggested) => {
          const sizer = createRangeSizer({ maxBlocks: 10_000 });
          const fewer = sizer.noteRefused({ blocks, suggested: suggested ?? undefined });
          expect(fewer).toBeGreaterThanOrEqual(1);
          expect(fewer).toBeLessThan(blocks);
          expect(sizer.blocks).toBeLessThanOrEqual(Math.max(1, fewer));
        },
      ),
    );
  });
});
