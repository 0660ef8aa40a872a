import { BlockList, type IPVersion, isIP } from 'node:net';

/**
 * Why an address is none that a stranger may send us to, in words that read after "got"; undefined where it is one.
 * IPv6 is refused outside global unicast as a whole, so what is assigned there later stays refused.
 */
export function findRefusal(address: string, allowPrivate: boolean): string | undefined {
  const version = toVersion(address);
  if (!version) return 'no plain IP address';
  const isIn = (range: Range) => range.version === version && range.list.check(address, version);
  const refused = neverRanges.find(isIn);
  if (refused) return refused.meaning;
  const near = privateRanges.find(isIn);
  if (near) return allowPrivate ? undefined : near.meaning;
  return version === 'ipv6' && !isIn(globalUnicast) ? 'an address outside global unicast' : undefined;
}

/** One with a zone is none: it means another machine on each interface. */
function toVersion(address: string): IPVersion | undefined {
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0) return undefined;
  return family === 4 ? 'ipv4' : 'ipv6';
}

/** A list of one range, asked only about addresses of its own version: `BlockList` takes all of IPv4 for ::ffff:0:0/96. */
interface Range {
  readonly meaning: string;
  readonly version: IPVersion;
  readonly list: BlockList;
}

function toRange([subnet, meaning]: readonly [string, string]): Range {
  const [network = '', prefix] = subnet.split('/');
  const version = network.includes(':') ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), version);
  return { meaning, version, list };
}

/** Where one's own machines are, and what `allowPrivate` lets in. */
const privateRanges = (
  [
    ['127.0.0.0/8', 'a loopback address'],
    ['::1/128', 'a loopback address'],
    ['10.0.0.0/8', 'an address of a private network'],
    ['172.16.0.0/12', 'an address of a private network'],
    ['192.168.0.0/16', 'an address of a private network'],
    ['fc00::/7', 'an address of a private network'],
    ['100.64.0.0/10', 'an address of a carrier network'],
  ] as const
).map(toRange);

/** From IANA's two registries of special-purpose addresses (RFC 6890), and the clouds' own documentation. */
const neverRanges = (
  [
    ['0.0.0.0/8', 'an address of this network'],
    // Link-local holds the metadata service of most clouds; these four lie elsewhere, one of them among public addresses.
    ['169.254.0.0/16', 'a link-local address'],
    ['168.63.129.16/32', 'a metadata address (Azure)'],
    ['100.100.100.200/32', 'a metadata address (Alibaba)'],
    ['fd00:ec2::/32', 'a metadata address (AWS)'],
    ['fd20:ce::/32', 'a metadata address (Google)'],
    ['192.0.0.0/24', 'an address for protocols'],
    ['192.0.2.0/24', 'an address for documentation'],
    ['198.51.100.0/24', 'an address for documentation'],
    ['203.0.113.0/24', 'an address for documentation'],
    ['192.88.99.0/24', 'a 6to4 relay'],
    ['198.18.0.0/15', 'an address for benchmarks'],
    ['224.0.0.0/4', 'a multicast address'],
    ['240.0.0.0/4', 'a reserved address'],
    ['::ffff:0:0/96', 'an IPv4-mapped address'],
    ['64:ff9b::/96', 'a NAT64 address'],
    ['64:ff9b:1::/48', 'a NAT64 address'],
    ['100::/64', 'an address that discards'],
    // Teredo, ORCHID, benchmarks and the rest that IETF protocols got.
    ['2001::/23', 'an address for protocols'],
    ['2001:db8::/32', 'an address for documentation'],
    ['3fff::/20', 'an address for documentation'],
    ['2002::/16', 'a 6to4 address'],
    ['fe80::/10', 'a link-local address'],
    ['fec0::/10', 'a site-local address'],
    ['ff00::/8', 'a multicast address'],
  ] as const
).map(toRange);

/** RFC 4291, 2.4. */
const globalUnicast = toRange(['2000::/3', 'global unicast']);
