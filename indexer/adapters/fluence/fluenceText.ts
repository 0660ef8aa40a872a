/** Ids, addresses and texts of Fluence's logs in the form they are kept in. */

/** Ids and addresses come with and without a checksum, from logs and from reads. */
export function toId(value: unknown): string {
  return String(value).toLowerCase();
}

/** Unset ids and addresses are zeros, which is nobody's. */
export function isSet(value: unknown): boolean {
  return typeof value === 'string' && /[1-9a-f]/i.test(value.slice(2));
}

/** The contracts' enum of resources, in its order: fluencelabs/cli `OnChainResourceType`. */
const resourceKinds = ['vcpu', 'ram', 'storage', 'publicIp', 'networkBandwidth', 'gpu'];

export function toResourceKind(type: unknown): string {
  return resourceKinds[Number(type)] ?? `resource${Number(type)}`;
}

/**
 * A content id as IPFS writes it: the contracts keep the first four bytes of a CIDv1 apart from the hash behind them.
 * What is none stays hex; undefined where there is nothing.
 */
export function findCid(value: unknown): string | undefined {
  const { prefixes, hash } = value as { readonly prefixes: string; readonly hash: string };
  if (!isSet(hash)) return undefined;
  const hex = `${toId(prefixes).slice(2)}${toId(hash).slice(2)}`;
  return hex.startsWith('01') ? `b${toBase32(hex)}` : `0x${hex}`;
}

/** RFC 4648, in lower case and without padding. */
function toBase32(hex: string): string {
  const bits = [...hex].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}
