/** Hours, or whatever is counted by hours; both ends included. */
export interface HourRange {
  readonly fromHour: number;
  readonly toHour: number;
}

/** Ascending numbers as ranges; what lies less than `gap` apart is one. */
export function toRanges(hours: readonly number[], { gap }: { readonly gap: number }): readonly HourRange[] {
  const ranges: { fromHour: number; toHour: number }[] = [];
  for (const hour of hours) {
    const last = ranges.at(-1);
    if (last && hour - last.toHour <= gap) last.toHour = hour;
    else ranges.push({ fromHour: hour, toHour: hour });
  }
  return ranges;
}

export function listRange({ fromHour, toHour }: HourRange): readonly number[] {
  return Array.from({ length: Math.max(0, toHour - fromHour + 1) }, (_, index) => fromHour + index);
}
