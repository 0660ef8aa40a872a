import { isIP } from 'node:net';

/**
 * Whoever has an address of version 4 has one; of version 6 it is the network of 64 bits that somebody is given, who may take any
 * address in it. Anything else stands for itself.
 */
export function toAddressGroup(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIP(mapped) === 4) return mapped;
  const [plain = ''] = mapped.split('%', 1);
  if (isIP(plain) !== 6) return mapped;
  return `${expand(plain).slice(0, 4).join(':')}::/64`;
}

/** Its eight groups, without leading zeros. */
function expand(address: string): readonly string[] {
  const [head = '', tail] = address.split('::');
  const left = toGroups(head);
  const right = tail === undefined ? [] : toGroups(tail);
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right];
}

/** The end of an address may be written as one of version 4, which is two groups. */
function toGroups(text: string): readonly string[] {
  return text
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => {
      if (!group.includes('.')) return [Number.parseInt(group, 16).toString(16)];
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
      return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
    });
}
