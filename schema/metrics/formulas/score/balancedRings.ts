import { scoreMethod } from './scoreMethod.js';
import { stronglyConnected, toArrows } from './stronglyConnected.js';

export interface ValueFlow {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * Among whom value goes round and nobody is left with more or less of it: strongly connected components of two or more actors
 * in which what each gets and gives differ by at most a fifth of both together (Victor & Weintraud 2021). Whoever is further out
 * of balance is taken away, the furthest first, and what remains is looked at again: a ring cannot hide by trading a little
 * with others. For each actor the number of its ring, or -1.
 */
export function balancedRings(actors: number, flows: readonly ValueFlow[]): Int32Array {
  const ring = new Int32Array(actors).fill(-1);
  let rings = 0;
  let left = flows.filter(({ from, to, value }) => from !== to && value > 0);
  while (left.length > 0) {
    const component = stronglyConnected(toArrows(actors, left));
    const inside = left.filter(({ from, to }) => component[from] === component[to]);
    const imbalance = toImbalance(actors, inside);
    const worst = new Map<number, number>();
    for (const { from, to } of inside) {
      const of = component[from] ?? 0;
      worst.set(of, Math.max(worst.get(of) ?? 0, imbalance[from] ?? 0, imbalance[to] ?? 0));
    }
    const isDone = (flow: ValueFlow) =>
      (worst.get(component[flow.from] ?? 0) ?? 0) <= scoreMethod.circulation.netPosition;
    for (const flow of inside) {
      if (!isDone(flow)) continue;
      for (const actor of [flow.from, flow.to]) ring[actor] = rings + (component[actor] ?? 0);
    }
    rings += actors;
    const stays = (actor: number) =>
      (imbalance[actor] ?? 0) <=
      Math.max(scoreMethod.circulation.netPosition, (worst.get(component[actor] ?? 0) ?? 0) / 2);
    left = inside.filter((flow) => !isDone(flow) && stays(flow.from) && stays(flow.to));
  }
  return ring;
}

/** `|in - out| / (in + out)` of each actor. */
function toImbalance(actors: number, flows: readonly ValueFlow[]): Float64Array {
  const got = new Float64Array(actors);
  const given = new Float64Array(actors);
  for (const { from, to, value } of flows) {
    given[from] = (given[from] ?? 0) + value;
    got[to] = (got[to] ?? 0) + value;
  }
  return got.map((value, actor) => {
    const out = given[actor] ?? 0;
    return value + out === 0 ? 0 : Math.abs(value - out) / (value + out);
  });
}
