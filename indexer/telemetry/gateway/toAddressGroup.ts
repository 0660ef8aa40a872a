/** What one sender can be expected to hold of addresses: the /24 of an IPv4, the /48 of an IPv6 address. */
export function toAddressGroup(address: string): string {
  const mapped = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
  const colon = mapped.indexOf(':');
  if (colon === -1) return mapped.slice(0, Math.max(0, mapped.lastIndexOf('.')));
  const [head = '', tail] = mapped.split('%', 1)[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const words = [...left, ...new Array<string>(gap).fill('0'), ...right];
  return words
    .slice(0, 3)
    .map((word) => word.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
