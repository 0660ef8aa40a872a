import type { LineagePart, LineageRule } from '../LineageRule.js';

/** Of rows of one source alone. */
export function one(part: LineagePart, rest: Omit<LineageRule, 'parts'> = {}): LineageRule {
  return { ...rest, parts: [part] };
}

/** Neither the figure nor its n is a sum of rows. */
export const noSum = { countsOthers: true } as const;
