import { isIP } from 'node:net';
import { parseUrl } from '../parseUrl.js';
import { GuardedHttpError } from './GuardedHttpError.js';

/**
 * The URL that a text from a stranger names. What is resolved, connected to and sent as Host is taken from this one
 * reading, so that no second parser can understand the text otherwise. Throws GuardedHttpError.
 */
export function parseTarget(text: string, options: { readonly allowPrivate: boolean; readonly base?: URL }): URL {
  const { allowPrivate, base } = options;
  if (text.length > MAX_CHARACTERS) throw bad(`a URL of at most ${MAX_CHARACTERS} characters`, `${text.length}`);
  const url = parseUrl(text, base);
  if (!url) throw bad('a URL', 'another text');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad('http or https', url.protocol.slice(0, 20));
  if (url.username || url.password) throw bad('a URL without a user', 'one with');
  const port = toPort(url);
  if (!isAllowedPort(port)) throw bad('port 80, 443 or one from 1024 on that is no known service', `${port}`);
  const host = toHost(url);
  if (isIP(host) === 0) assertHostName(host, allowPrivate);
  url.hash = '';
  return url;
}

/** The host as the resolver and the address check take it: without the brackets of IPv6. */
export function toHost(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/** Longer than any URL that servers agree to take. */
const MAX_CHARACTERS = 2_048;

function toPort(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/**
 * Providers serve on any port (1300 on Oyster, 8935 on Livepeer), so a list of allowed ones would be a list of today's.
 * Below 1024 only the web's own are served by them; above, services that take an HTTP request or its lines for commands
 * are not to be reached through us, whoever they belong to.
 */
function isAllowedPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && !servicePorts.has(port));
}

const servicePorts: ReadonlySet<number> = new Set([
  // Those above 1023 that browsers refuse: "bad port" in the Fetch standard.
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697],
  10080,
  // Control planes that often stand without a key: Docker, etcd, Kubernetes, kubelet, Consul.
  ...[2375, 2376, 2379, 2380, 6443, 10250, 10255, 8500],
  // Databases and caches: SQL Server, Oracle, MySQL, PostgreSQL, CouchDB, Redis, Cassandra, Elasticsearch, Memcached,
  // MongoDB.
  ...[1433, 1521, 3306, 5432, 5984, 6379, 9042, 9200, 9300, 11211, 27017],
]);

/**
 * The address check refuses what local names lead to; refusing the names keeps them from being asked for at all. A
 * trailing dot is refused, because certificates and SNI know none.
 */
function assertHostName(host: string, allowPrivate: boolean): void {
  if (host.length > 253 || !hostName.test(host)) throw bad('a host name', 'another text');
  if (!allowPrivate && localName.test(host)) {
    throw new GuardedHttpError('blockedAddress', 'Expected a public host name, got a name of the local network.');
  }
}

const hostName = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;
/** Without a dot, or set aside for local use: RFC 6761, 6762, 7686, 8375, and ICANN's `internal`. */
const localName = /^[^.]+$|\.(localhost|local|internal|home\.arpa|onion)$/;

function bad(expected: string, got: string): GuardedHttpError {
  return new GuardedHttpError('badUrl', `Expected ${expected}, got ${got}.`);
}
