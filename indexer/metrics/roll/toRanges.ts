/** Whole hours or days from `from` up to, not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Ascending numbers as ranges without holes, none longer than `longest`. */
export function toRanges(numbers: readonly number[], { longest }: { readonly longest: number }): readonly Range[] {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.to === number && number - last.from < longest) last.to = number + 1;
    else ranges.push({ from: number, to: number + 1 });
  }
  return ranges;
}

/** Every number from the first to the last. */
export function fill(numbers: readonly number[]): readonly number[] {
  const first = numbers[0];
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
