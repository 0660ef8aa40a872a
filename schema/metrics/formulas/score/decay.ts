import { DAY, scoreMethod } from './scoreMethod.js';

/**
 * `2^(-age / half-life)` of an age in whole seconds, from 0 to a year (`REL-06`). A product of three looked-up powers: a score
 * asks for it millions of times.
 */
export type Decay = (age: number) => number;

export const successDecay = createDecay(scoreMethod.successHalfLifeDays * DAY);
export const failureDecay = createDecay(scoreMethod.failureHalfLifeDays * DAY);

function createDecay(halfLife: number): Decay {
  const days = toPowers({ count: scoreMethod.memory / DAY + 1, step: DAY / halfLife });
  const minutes = toPowers({ count: 1_440, step: 60 / halfLife });
  const seconds = toPowers({ count: 60, step: 1 / halfLife });
  return (age) => {
    const day = (age / DAY) | 0;
    const inDay = age - day * DAY;
    const minute = (inDay / 60) | 0;
    return (days[day] ?? 0) * (minutes[minute] ?? 0) * (seconds[inDay - minute * 60] ?? 0);
  };
}

function toPowers({ count, step }: { readonly count: number; readonly step: number }): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => 2 ** (-index * step));
}
