/** Heights as ranges, both ends included; added in any order, joined when first asked. */
export interface HeightSet {
  add(from: number, to: number): void;
  /** The parts of the range that are not in the set, ascending. */
  listMissing(from: number, to: number): readonly HeightRange[];
}

export interface HeightRange {
  readonly from: number;
  readonly to: number;
}

export function createHeightSet(): HeightSet {
  let ranges: HeightRange[] = [];
  let isJoined = true;
  return {
    add(from, to) {
      ranges.push({ from, to });
      isJoined = false;
    },
    listMissing(from, to) {
      if (!isJoined) ranges = join(ranges);
      isJoined = true;
      const missing: HeightRange[] = [];
      let next = from;
      for (let at = findFirst(ranges, from); next <= to; at += 1) {
        const range = ranges[at];
        if (!range || range.from > to) return [...missing, { from: next, to }];
        if (range.from > next) missing.push({ from: next, to: range.from - 1 });
        next = range.to + 1;
      }
      return missing;
    },
  };
}

function join(ranges: readonly HeightRange[]): HeightRange[] {
  const joined: { from: number; to: number }[] = [];
  for (const range of [...ranges].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  return joined;
}

/** Position of the first range that ends at or after the height. */
function findFirst(ranges: readonly HeightRange[], height: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < height) low = middle + 1;
    else high = middle;
  }
  return low;
}
