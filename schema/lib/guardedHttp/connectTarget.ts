import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { buildConnector } from 'undici';
import { GuardedHttpError } from './GuardedHttpError.js';
import { parseTarget, toHost } from './parseTarget.js';
import { type Resolve, resolveTarget } from './resolveTarget.js';
import { CONNECT_TIMEOUT_MS } from './toGuardedHttpError.js';
import { ADDRESS_TIMEOUT_MS, toLookup } from './toLookup.js';

/** What a connection came to; it is closed by then, and nothing was sent over it but a TLS greeting. */
export interface Connection {
  /** Undefined where the URL asks for none. */
  readonly tls: { readonly protocol: string | null; readonly alpn: string | undefined } | undefined;
}

/**
 * Connects to where a URL of a stranger's leads, by the same rules as any request: parsed once, resolved once, checked in
 * all its addresses, connected to those. `https:` shakes hands, whatever the certificate says: who wants to know whether
 * somebody serves there need not know who. `http:` and `tcp://host:port` come to the bare connection. Rejects with a
 * GuardedHttpError, or what resolving and connecting throw.
 */
export async function connectTarget(
  target: URL,
  options: { readonly allowPrivate: boolean; readonly resolve: Resolve; readonly signal: AbortSignal },
): Promise<Connection> {
  const socket = await open(target, await resolveTarget(target, options), options.signal);
  try {
    if (!socket.getProtocol) return { tls: undefined };
    return { tls: { protocol: socket.getProtocol(), alpn: socket.alpnProtocol || undefined } };
  } finally {
    // What ends the handshake is still to be sent: else the other side would note a client that broke off.
    socket.destroySoon();
  }
}

/** As `parseTarget`, and `tcp://host:port`, which names its port always. Throws GuardedHttpError. */
export function parseConnectTarget(text: string, options: { readonly allowPrivate: boolean }): URL {
  const peer = TCP.exec(text.trim());
  // The host is read by the rules of http, which know every spelling of an address; those of unknown schemes know none.
  if (peer) return parseTarget(`http://${peer[1]}/`, options);
  if (/^\s*tcp:/i.test(text)) throw new GuardedHttpError('badUrl', 'Expected tcp://host:port, got another text.');
  return parseTarget(text, options);
}

const TCP = /^tcp:\/\/([^\s/\\?#@]{1,300}:\d{1,5})\/?$/i;

/** As far as it is looked at; a socket of TLS has a protocol, and what the other side chose to speak over it. */
interface Opened extends Duplex {
  destroySoon(): void;
  getProtocol?(): string | null;
  readonly alpnProtocol?: string | false | null;
}

function open(target: URL, addresses: readonly string[], signal: AbortSignal): Promise<Opened> {
  const host = toHost(target);
  const connect = buildConnector({
    allowH2: true,
    maxCachedSessions: 0,
    keepAlive: false,
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
    lookup: toLookup(addresses),
  });
  return new Promise((resolve, reject) => {
    const where = { hostname: host, host, protocol: target.protocol, port: target.port };
    const servername = isIP(host) ? {} : { servername: host };
    // It returns the socket, which its types do not say.
    const socket = connect({ ...where, ...servername }, (error, opened) => {
      if (error) return reject(error);
      signal.removeEventListener('abort', giveUp);
      resolve(opened as Opened);
    }) as unknown as Opened;
    const giveUp = () => {
      socket.destroy();
      reject(signal.reason);
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('close', () =>
      reject(new GuardedHttpError('unreachable', 'Expected a connection that holds, got none.')),
    );
  });
}
