import { timeParts } from './timeParts.js';

describe('the parts of a turn', () => {
  it('are told of with what they took together, the slowest five first', () => {
    let at = 100;
    const { onPart, listSlowest } = timeParts(() => at);
    const took = [
      ['a', 5.4],
      ['b', 30],
      ['a', 40],
      ['c', 1],
      ['d', 2],
      ['e', 3],
      ['f', 4],
    ] as const;
    for (const [name, ms] of took) {
      at += ms;
      onPart(name);
    }
    expect(Object.entries(listSlowest())).toEqual([
      ['a', 45],
      ['b', 30],
      ['f', 4],
      ['e', 3],
      ['d', 2],
    ]);
  });
});
