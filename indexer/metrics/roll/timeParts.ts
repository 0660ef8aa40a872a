/** How long each step and family of a turn took: from when it is made to the first part that is told of, and from one to the next. */
export function timeParts(now: () => number): {
  onPart(name: string): void;
  /** Milliseconds of those that took longest, the longest first. */
  listSlowest(): Readonly<Record<string, number>>;
} {
  const spent = new Map<string, number>();
  let last = now();
  return {
    onPart(name) {
      const at = now();
      spent.set(name, (spent.get(name) ?? 0) + at - last);
      last = at;
    },
    listSlowest() {
      const sorted = [...spent].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
      return Object.fromEntries(sorted.map(([name, ms]) => [name, Math.round(ms)]));
    },
  };
}

const SHOWN = 5;
