/**
 * Where the dice of one place begin, such as a node and a day or a provider: whoever asks for that place draws the same, whatever
 * was asked for before. Whole numbers; give it to `createRandom`.
 */
export function toDiceState(seed: number, ...place: readonly number[]): number {
  return place.reduce((state, part) => mix(state ^ mix(part)), mix(seed));
}

/** Every bit of the number has a say in every bit of the result (the finisher of MurmurHash3, public domain). */
function mix(number: number): number {
  let mixed = (number + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
