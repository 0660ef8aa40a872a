import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** 256 random bits: nobody finds one by trying, however fast its hash is, so that a slow hash would only slow us down. */
const BYTES = 32;
const FORM = /^cs_[A-Za-z0-9_-]{43}$/;

export function createToken(): string {
  return `cs_${randomBytes(BYTES).toString('base64url')}`;
}

/** What is kept of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export type ReadToken =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'malformed' };

/** The API key of a request: in `authorization: Bearer` or `x-api-key`; never in a URL, which ends up in logs. */
export function readToken({ authorization, 'x-api-key': plain }: IncomingHttpHeaders): ReadToken {
  if (authorization === undefined && plain === undefined) return { kind: 'none' };
  const token = authorization === undefined ? plain : /^bearer +(\S+)$/i.exec(authorization)?.[1];
  return typeof token === 'string' && FORM.test(token) ? { kind: 'token', token } : { kind: 'malformed' };
}
