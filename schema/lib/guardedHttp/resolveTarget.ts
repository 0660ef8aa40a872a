import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { findRefusal } from './findRefusal.js';
import { GuardedHttpError } from './GuardedHttpError.js';
import { toHost } from './parseTarget.js';

/** Every A and AAAA address of a name, or a rejection. It need not heed the signal: nobody waits for it after that. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/**
 * The addresses a connection to this URL may go to, IPv4 first. One answer that is refused refuses the name: an honest
 * host has no private address among its public ones, and what is allowed must not hang on the order of answers.
 * Throws GuardedHttpError, or what `resolve` throws.
 */
export async function resolveTarget(
  url: URL,
  options: { readonly allowPrivate: boolean; readonly resolve: Resolve; readonly signal: AbortSignal },
  listOwn: () => readonly string[] = listOwnAddresses,
): Promise<readonly string[]> {
  const { allowPrivate, resolve, signal } = options;
  const host = toHost(url);
  // A literal is checked here, for no lookup is ever asked about one.
  const addresses = isIP(host) ? [host] : await orAborted(resolve(host, signal), signal);
  if (addresses.length === 0) throw new GuardedHttpError('unreachable', `Expected an address of ${host}, got none.`);
  const own = allowPrivate ? [] : listOwn();
  for (const address of addresses) {
    const refusal = own.includes(address) ? 'one of this machine' : findRefusal(address, allowPrivate);
    if (refusal) throw new GuardedHttpError('blockedAddress', `Expected a public address of ${host}, got ${refusal}.`);
  }
  return [4, 6].flatMap((family) => addresses.filter((each) => isIP(each) === family).slice(0, MAX_TRIED));
}

/** Of each family. Someone who answers with hundreds would have us knock on every one. */
const MAX_TRIED = 2;

/** A public address of our own leads to what a firewall keeps from others only. */
function listOwnAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((entries) => entries?.map(({ address }) => address) ?? []);
}

/**
 * Asks the name servers themselves, those of the system unless given: neither the hosts file nor search domains of this
 * machine count for a stranger's name. Nor does a slow name server hold one of the four threads that getaddrinfo shares
 * with all file access.
 */
export function createDnsResolve(servers?: readonly string[]): Resolve {
  return async (host, signal) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (servers) resolver.setServers(servers);
    signal.addEventListener('abort', () => resolver.cancel(), { once: true });
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const [first] = answers;
    if (addresses.length === 0 && first.status === 'rejected') throw first.reason;
    return addresses;
  };
}

/** Where names are one's own, as on a devnet, the hosts file counts too. */
export const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject);
  });
}
