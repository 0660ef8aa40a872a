import { errors } from 'undici';
import { GuardedHttpError } from './GuardedHttpError.js';

export const CONNECT_TIMEOUT_MS = 3_000;
export const MAX_HEADER_BYTES = 16_384;

/**
 * By the codes of undici, TLS, sockets and DNS. Whatever else is thrown came of what a stranger sent, and must not look
 * like a bug of ours that ends the process.
 */
export function toGuardedHttpError(thrown: unknown): GuardedHttpError {
  if (thrown instanceof GuardedHttpError) return thrown;
  const { code, name, syscall } = thrown as Readonly<Record<'code' | 'name' | 'syscall', unknown>>;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new GuardedHttpError('timeout', `Expected a connection within ${CONNECT_TIMEOUT_MS} ms, got none.`);
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new GuardedHttpError('tooLarge', `Expected at most ${MAX_HEADER_BYTES} bytes of headers, got more.`);
  }
  // The second stands for a body that is cut off as well as for headers that contradict each other.
  if (thrown instanceof errors.HTTPParserError || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new GuardedHttpError('badAnswer', 'Expected a whole answer in HTTP/1.1, got other bytes.');
  }
  const isOurs = ownCodes.has(String(code)) || (nameServerCodes.has(String(code)) && /^query/.test(String(syscall)));
  return new GuardedHttpError('unreachable', `Expected a connection that holds, got ${code ?? name}.`, { isOurs });
}

/** The same error with the place it happened at, so that each throw need not know it. */
export function toNamedError(error: GuardedHttpError, place: string): GuardedHttpError {
  return new GuardedHttpError(error.reason, `${place}: ${error.message}`, error);
}

/**
 * No route, no interface, no socket, no file left; and getaddrinfo, when no name server can be asked. A host that only has
 * IPv6 is among them where this machine has none.
 */
const ownCodes: ReadonlySet<string> = new Set([
  ...['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAI_AGAIN'],
]);
/** Of c-ares: nobody answered at our name servers' address. What they answer, good or bad, is the name's. */
const nameServerCodes: ReadonlySet<string> = new Set(['ETIMEOUT', 'ECONNREFUSED']);
