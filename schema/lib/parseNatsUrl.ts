import { UserError } from './errors.js';
import { parseUrl } from './parseUrl.js';

export interface NatsServers {
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  readonly tls?: Record<string, never>;
}

/**
 * Reads one server of NATS, or several of a cluster separated by commas, as `nats://user:password@host:4222`, with a token
 * in place of user and password, or with `tls://`. The login of the first one counts for all: the client takes none of a URL.
 */
export function parseNatsUrl(text: string): NatsServers {
  const urls = text.split(',').map((part) => parseServer(part.trim()));
  const [{ username, password }] = urls as [URL, ...URL[]];
  const login = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`),
    ...(login.pass ? login : login.user && { token: login.user }),
    ...(urls.some(({ protocol }) => protocol === 'tls:') && { tls: {} }),
  };
}

/** Says no more of what it got than its length: there may be a password in it. */
function parseServer(text: string): URL {
  const url = parseUrl(text);
  if (url && /^(nats|tls):$/.test(url.protocol) && url.hostname) return url;
  throw new UserError(`Expected NATS_URL as nats://host:4222, got ${text.length} characters of another form.`);
}

const DEFAULT_PORT = '4222';
