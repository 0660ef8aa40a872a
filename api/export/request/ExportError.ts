/** What is wrong with a request for a file, or why there is no room for it: before the first byte of the file. */
export class ExportError extends Error {
  override readonly name = 'ExportError';

  constructor(
    readonly status: 400 | 404 | 414 | 429 | 503,
    readonly code: ExportErrorCode,
    message: string,
    /** When to ask again. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

export type ExportErrorCode =
  | 'BAD_USER_INPUT'
  | 'EXPORTS_BUSY'
  | 'THROTTLED'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_FORMAT'
  | 'UNKNOWN_LIST'
  | 'UNKNOWN_METRIC'
  | 'UNKNOWN_PARAMETER'
  | 'UNKNOWN_SUBJECT'
  | 'URL_TOO_LONG';
