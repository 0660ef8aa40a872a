/** Counts who is connected. */
export interface Connections {
  /** Lets one more in, and returns how it leaves; undefined: too many are there already. */
  enter(address: string): (() => void) | undefined;
}

export function createConnections({
  perAddress,
  total,
}: {
  readonly perAddress: number;
  readonly total: number;
}): Connections {
  const counts = new Map<string, number>();
  let all = 0;
  return {
    enter(address) {
      const count = counts.get(address) ?? 0;
      if (count >= perAddress || all >= total) return undefined;
      counts.set(address, count + 1);
      all += 1;
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        all -= 1;
        const left = (counts.get(address) ?? 1) - 1;
        if (left > 0) counts.set(address, left);
        else counts.delete(address);
      };
    },
  };
}
