import { fill, toRanges } from './toRanges.js';

describe('ranges', () => {
  it('have no holes and are not longer than they may', () => {
    expect(toRanges([1, 2, 3, 4, 7, 9, 10], { longest: 3 })).toEqual([
      { from: 1, to: 4 },
      { from: 4, to: 5 },
      { from: 7, to: 8 },
      { from: 9, to: 11 },
    ]);
    expect(toRanges([], { longest: 3 })).toEqual([]);
  });

  it('can be filled', () => {
    expect(fill([3, 6])).toEqual([3, 4, 5, 6]);
    expect(fill([3])).toEqual([3]);
    expect(fill([])).toEqual([]);
  });
});
