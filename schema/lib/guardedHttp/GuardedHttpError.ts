/**
 * badUrl: not one we ask; blockedAddress: its host is not public; badRedirect: a redirect that is not followed;
 * unreachable: no name, no connection, or it broke; timeout: a deadline passed; aborted: the caller gave it up;
 * badStatus: not 2xx; badContentType: not JSON where JSON was asked for; badAnswer: no HTTP, compressed, no UTF-8 or no
 * JSON; tooLarge: more bytes than allowed.
 */
export type GuardedHttpReason =
  | 'badUrl'
  | 'blockedAddress'
  | 'badRedirect'
  | 'tooManyRedirects'
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'badStatus'
  | 'badContentType'
  | 'badAnswer'
  | 'tooLarge';

/**
 * A request to a provider that came to nothing. The message says what was expected and what came, and may be shown to
 * anyone: it holds no content, no path, no query and no address that a name resolved to.
 */
export class GuardedHttpError extends Error {
  override readonly name = 'GuardedHttpError';
  /** What the server answered, where the reason is `badStatus`. */
  readonly status: number | undefined;
  /** Whether this machine is to blame: it has no route, no name server that answers, no socket left. */
  readonly isOurs: boolean;

  constructor(
    readonly reason: GuardedHttpReason,
    message: string,
    details: { readonly status?: number | undefined; readonly isOurs?: boolean } = {},
  ) {
    super(message);
    this.status = details.status;
    this.isOurs = details.isOurs ?? false;
  }
}
