/** As the API names what a minute was. */
export type MinuteState = 'u' | 'd' | 's' | 'm' | '?' | '-';

/** Minutes in a row of which the same is known: `[from, to)` of their hour. */
export interface MinuteSpell {
  readonly state: MinuteState;
  readonly from: number;
  readonly to: number;
}

/** The letters of an hour as runs; what is no letter of ours is unknown. */
export function toMinuteSpells(letters: string): readonly MinuteSpell[] {
  const spells: { state: MinuteState; from: number; to: number }[] = [];
  for (const [minute, letter] of [...letters].entries()) {
    const state = isState(letter) ? letter : '?';
    const last = spells.at(-1);
    if (last?.state === state) last.to = minute + 1;
    else spells.push({ state, from: minute, to: minute + 1 });
  }
  return spells;
}

function isState(letter: string): letter is MinuteState {
  return 'udsm?-'.includes(letter);
}

/** "04:22", of a minute of an hour; the sixtieth is the next hour's first. */
export function toClock(hour: string, minute: number): string {
  return new Date(Date.parse(hour) + minute * 60_000).toISOString().slice(11, 16);
}
