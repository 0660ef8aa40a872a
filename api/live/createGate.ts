/** Counts who is connected. */
export interface Gate {
  /** Lets one more in, and returns how it leaves; undefined: too many are there already. */
  enter(address: string): (() => void) | undefined;
}

export function createGate({ perAddress, total }: { readonly perAddress: number; readonly total: number }): Gate {
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

/** Who is behind an address: of IPv6 a household has a /64 at least. */
export function toClient(address: string | undefined): string {
  const plain = (address ?? '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .split('%', 1)
    .join();
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const [front, back] = [head, tail].map((half) => (half === '' ? [] : half.split(':')));
  const zeros = plain.includes('::') ? 8 - (front?.length ?? 0) - (back?.length ?? 0) : 0;
  const groups = [...(front ?? []), ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...(back ?? [])];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
