import { percentileCont } from './percentileCont.js';

/** The middle of the ascending values, or the mean of the two in the middle. Null of nothing. */
export function median(values: readonly number[]): number | null {
  return percentileCont(values, 0.5);
}
