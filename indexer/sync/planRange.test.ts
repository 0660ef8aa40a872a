import fc from 'fast-check';
import { createRangeSize, planRange } from './planRange.js';

describe('planRange', () => {
  it('begins at the start height and follows the cursor without gap or overlap, up to the head', () => {
    const heights = fc.record({
      startHeight: fc.nat(1_000),
      headHeight: fc.nat(5_000),
      maxBlocks: fc.integer({ min: 1, max: 700 }),
    });
    fc.assert(
      fc.property(heights, ({ startHeight, headHeight, maxBlocks }) => {
        const seen: number[] = [];
        let cursorHeight: number | undefined;
        for (;;) {
          const range = planRange({ cursorHeight, headHeight, startHeight, maxBlocks });
          if (!range) break;
          expect(range.to - range.from).toBeLessThan(maxBlocks);
          for (let height = range.from; height <= range.to; height += 1) seen.push(height);
          cursorHeight = range.to;
        }
        const length = Math.max(0, headHeight - startHeight + 1);
        expect(seen).toEqual(Array.from({ length }, (_, index) => startHeight + index));
      }),
    );
  });
});

describe('range size', () => {
  it('halves down to one block and grows again, but not to a size that failed', () => {
    const size = createRangeSize({ first: 4_000, max: 5_000 });
    size.shrink();
    for (let time = 0; time < 20; time += 1) size.grow();
    expect(size.blocks).toBe(3_999);
  });

  it('comes back up to a range that any node answers after an outage', () => {
    const size = createRangeSize({ first: 10, max: 40 });
    for (let time = 0; time < 9; time += 1) size.shrink();
    expect(size.blocks).toBe(1);
    for (let time = 0; time < 20; time += 1) size.grow();
    expect(size.blocks).toBe(40);
  });
});
