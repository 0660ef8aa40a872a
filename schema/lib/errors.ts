/**
 * The three kinds of error. A bug fails an assert and crashes; an outage is a `RetryableError` and is retried with
 * bounded back-off; bad input is a `UserError`, said in one sentence and ends the command. Bad data on a chain is not
 * an error at all but a quarantine row.
 */

/** Something the user gave or has is wrong: the message says what was expected, what came and what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Something outside is out of reach for now; the same call may work later. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
}

/** The text of anything thrown, in one line. */
export function toMessage(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.split('\n', 1)[0] ?? text;
}
