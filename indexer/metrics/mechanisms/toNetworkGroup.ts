import { BlockList, isIP } from 'node:net';

/**
 * What machines that fail together may share: of an address the network it lies in, /24 of version 4 and /48 of version 6; of a name
 * the name itself, as names are not resolved. Null of what is no URL or lies in nobody's network.
 */
export function toNetworkGroup(uri: string): string | null {
  const host = findHost(uri);
  if (host === null) return null;
  const version = isIP(host);
  if (version === 0) return host.includes('.') ? host : null;
  if (isPrivate.check(host, version === 4 ? 'ipv4' : 'ipv6')) return null;
  return version === 4 ? `${host.split('.').slice(0, 3).join('.')}.0/24` : `${toPrefix(host)}::/48`;
}

function findHost(uri: string): string | null {
  const text = uri.includes('://') ? uri : `http://${uri}`;
  if (!URL.canParse(text)) return null;
  const { hostname } = new URL(text);
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  return host === '' ? null : host;
}

/** The first three of eight groups; the URL parser has written them in lower case and without zeros in front. */
function toPrefix(host: string): string {
  const [head = '', tail] = host.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 3).join(':');
}

const isPrivate = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  isPrivate.addSubnet(address, prefix, 'ipv4');
}
for (const [address, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  isPrivate.addSubnet(address, prefix, 'ipv6');
}
