import { createRandom, type Random } from '../random.js';
import { toDiceState } from '../toDiceState.js';

/** Chance that belongs to one place of the script, such as a node and a day. */
export function createDice(seed: number, ...place: readonly number[]): Random {
  return createRandom({ state: toDiceState(seed, ...place) });
}
