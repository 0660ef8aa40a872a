import { Client } from 'undici';
import { type Connection, connectTarget, parseConnectTarget } from './connectTarget.js';
import { GuardedHttpError } from './GuardedHttpError.js';
import { parseTarget } from './parseTarget.js';
import { type ReadRule, readAnswer } from './readAnswer.js';
import { createDnsResolve, type Resolve, resolveBySystem, resolveTarget } from './resolveTarget.js';
import { CONNECT_TIMEOUT_MS, MAX_HEADER_BYTES, toGuardedHttpError, toNamedError } from './toGuardedHttpError.js';
import { ADDRESS_TIMEOUT_MS, toLookup } from './toLookup.js';
import { watchDeadline } from './watchDeadline.js';

export interface GuardedHttpOptions {
  /** Lets in loopback, private and carrier networks, for devnets and tests. Off unless said. */
  readonly allowPrivate?: boolean;
  /** How names become addresses; the name servers are asked unless said, the system where private ones are allowed. */
  readonly resolve?: Resolve;
}

export interface GuardedRequest {
  /** For everything: names, connections, redirects, the last byte. */
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
  /** For the first origin only; a redirect to another one loses them. */
  readonly headers?: Readonly<Partial<Record<'authorization' | 'x-api-key', string>>>;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: string;
  /** Empty for HEAD. */
  readonly body: Buffer;
}

/** Each rejects with a GuardedHttpError, whatever the URL, its server and its name servers do. */
export interface GuardedHttp {
  get(url: string, request?: GuardedRequest): Promise<Answer>;
  head(url: string, request?: GuardedRequest): Promise<Answer>;
  getJson(url: string, request?: GuardedRequest): Promise<unknown>;
  /** Sends nothing but a TLS greeting, where the URL is of https; takes `tcp://host:port` too. */
  connect(url: string, request?: Pick<GuardedRequest, 'deadlineMs' | 'signal'>): Promise<Connection>;
}

/**
 * The one way to ask a URL that a stranger chose. Each hop is parsed once, resolved once, checked in all its addresses,
 * and connected to those and no other. Nothing is kept between requests: no connection, no cookie, no session.
 */
export function createGuardedHttp(options: GuardedHttpOptions = {}): GuardedHttp {
  const { allowPrivate = false } = options;
  const policy: Policy = {
    allowPrivate,
    resolve: options.resolve ?? (allowPrivate ? resolveBySystem : createDnsResolve()),
  };
  return {
    get: (url, request) => follow(url, { ...request, ...policy, method: 'GET', isJson: false }),
    head: (url, request) => follow(url, { ...request, ...policy, method: 'HEAD', isJson: false }),
    getJson: async (url, request) =>
      parseJson(await follow(url, { ...request, ...policy, method: 'GET', isJson: true })),
    connect: (url, request) => connect(url, { ...request, ...policy }),
  };
}

/** Throws GuardedHttpError, which holds nothing of the text. */
function parseJson({ url, body }: Answer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    const error = new GuardedHttpError('badAnswer', `Expected JSON in UTF-8, got ${body.byteLength} other bytes.`);
    throw toNamedError(error, new URL(url).origin);
  }
}

type Policy = Required<GuardedHttpOptions>;
type Asked = Policy & GuardedRequest & Pick<ReadRule, 'method' | 'isJson'>;

const DEADLINE_MS = 5_000;
const MAX_BYTES = 65_536;
const MAX_REDIRECTS = 3;
const USER_AGENT = 'computescan';

async function follow(text: string, asked: Asked): Promise<Answer> {
  const watch = watchDeadline(asked.deadlineMs ?? DEADLINE_MS, asked.signal);
  let place = 'The URL';
  try {
    let target = parseTarget(text, asked);
    let headers = asked.headers;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      place = target.origin;
      const outcome = await ask(target, { ...asked, headers, signal: watch.signal });
      if (outcome.kind === 'answer') return outcome.answer;
      const next = toNextTarget(target, outcome.location, asked.allowPrivate);
      if (next.origin !== target.origin) headers = undefined;
      target = next;
    }
    throw new GuardedHttpError('tooManyRedirects', `Expected at most ${MAX_REDIRECTS} redirects, got more.`);
  } catch (thrown) {
    throw toNamedError(watch.reason() ?? toGuardedHttpError(thrown), place);
  } finally {
    watch.stop();
  }
}

async function connect(
  text: string,
  asked: Policy & Pick<GuardedRequest, 'deadlineMs' | 'signal'>,
): Promise<Connection> {
  const watch = watchDeadline(asked.deadlineMs ?? DEADLINE_MS, asked.signal);
  let place = 'The URL';
  try {
    const target = parseConnectTarget(text, asked);
    place = target.origin;
    return await connectTarget(target, { ...asked, signal: watch.signal });
  } catch (thrown) {
    throw toNamedError(watch.reason() ?? toGuardedHttpError(thrown), place);
  } finally {
    watch.stop();
  }
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'redirect'; readonly location: unknown };

async function ask(target: URL, asked: Asked & { readonly signal: AbortSignal }): Promise<Outcome> {
  const { method, isJson, signal, maxBytes = MAX_BYTES } = asked;
  const client = createClient(target, await resolveTarget(target, asked));
  try {
    const answer = await client.request({
      method,
      path: `${target.pathname}${target.search}`,
      headers: {
        ...asked.headers,
        accept: isJson ? 'application/json' : '*/*',
        'accept-encoding': 'identity',
        'user-agent': USER_AGENT,
      },
      signal,
    });
    // A body that is left unread breaks when the client is destroyed, which is no news.
    answer.body.on('error', () => undefined);
    const { statusCode: status, headers } = answer;
    if (redirects.has(status)) return { kind: 'redirect', location: headers.location };
    const body = await readAnswer(answer, { method, isJson, maxBytes });
    return { kind: 'answer', answer: { status, url: target.href, body } };
  } finally {
    await client.destroy();
  }
}

/** Of its own for each hop, so that no connection outlives the check of its addresses. Reads no proxy environment. */
function createClient(target: URL, addresses: readonly string[]): Client {
  return new Client(target.origin, {
    pipelining: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The deadline of the whole is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
    connect: { lookup: toLookup(addresses), timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
  });
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where a redirect leads, by the same rules as any URL. Throws GuardedHttpError. */
export function toNextTarget(from: URL, location: unknown, allowPrivate: boolean): URL {
  if (typeof location !== 'string') {
    throw new GuardedHttpError('badRedirect', 'Expected one Location, got none or more.');
  }
  const next = parseTarget(location, { allowPrivate, base: from });
  if (from.protocol === 'https:' && next.protocol !== 'https:') {
    throw new GuardedHttpError('badRedirect', 'Expected a redirect from https to https, got one to http.');
  }
  return next;
}
