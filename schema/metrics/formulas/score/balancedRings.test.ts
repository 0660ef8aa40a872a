import { balancedRings } from './balancedRings.js';
import { stronglyConnected, toArrows } from './stronglyConnected.js';

function toRing(size: number, value: number) {
  return Array.from({ length: size }, (_, from) => ({ from, to: (from + 1) % size, value }));
}

describe('rings', () => {
  it('are found however long they are', () => {
    const size = 300_000;
    expect(new Set(stronglyConnected(toArrows(size, toRing(size, 1)))).size).toBe(1);
  });

  it('are told apart, and from what only leads to them', () => {
    const edges = [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 3],
      [3, 2],
      [4, 0],
    ].map(([from = 0, to = 0]) => ({ from, to }));
    const [a, b, c, d, e] = stronglyConnected(toArrows(5, edges));
    expect([a === b, c === d, a === c, e === a]).toEqual([true, true, false, false]);
  });

  it('count where nobody keeps more than a fifth', () => {
    const flows = (back: number) => [
      { from: 0, to: 1, value: 100 },
      { from: 1, to: 0, value: back },
    ];
    expect([...balancedRings(2, flows(67))].every((ring) => ring >= 0)).toBe(true);
    expect([...balancedRings(2, flows(66))]).toEqual([-1, -1]);
  });

  it('do not hide behind trade with others', () => {
    // Actor 3 gets much from the ring and gives little back, so that actor 0 is out of balance as long as it is there.
    const chaff = [
      { from: 0, to: 3, value: 100 },
      { from: 3, to: 0, value: 30 },
    ];
    const rings = balancedRings(4, [...toRing(3, 100), ...chaff]);
    expect([...rings].map((ring) => ring >= 0)).toEqual([true, true, true, false]);
  });

  it('need two', () => {
    expect([...balancedRings(1, [{ from: 0, to: 0, value: 5 }])]).toEqual([-1]);
    expect([...balancedRings(0, [])]).toEqual([]);
  });
});
