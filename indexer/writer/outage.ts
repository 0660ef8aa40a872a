import { types } from 'node:util';
import { RetryableError } from '../../schema/lib/errors.js';

/**
 * What passes by itself: a database that goes away, is full or read-only for now (SQLSTATE classes 08, 53 and 57P,
 * 25006, 58030), or had to end one of two transactions (40001, 40P01, 55P03, 57014); a socket or a name that fails.
 */
export function isOutage(thrown: unknown): thrown is Error {
  if (thrown instanceof RetryableError) return true;
  // Errors of Node's own sockets may be of another realm than this code, as they are under Jest.
  if (!types.isNativeError(thrown)) return false;
  return passingCodes.test(toCode(thrown)) || lostConnection.test(thrown.message);
}

/** Runs the work; an outage comes out as RetryableError. */
export async function withOutages<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof RetryableError || !isOutage(thrown)) throw thrown;
    throw new RetryableError(`The database is out of reach: ${thrown.message}`, { cause: thrown });
  }
}

/**
 * Postgres refuses a value: out of range or malformed (SQLSTATE class 22), too large for an index or a row (class 54),
 * or there already (23505). Not 22P03: bytes of the wrong form are a fault of ours, which no log is to blame for.
 */
export function isRefusal(thrown: unknown): thrown is Error {
  return thrown instanceof Error && /^(22(?!P03)...|54...|23505)$/.test(toCode(thrown));
}

/** A row is there already that was taken for new. */
export function isDuplicate(thrown: unknown): boolean {
  return thrown instanceof Error && toCode(thrown) === '23505';
}

function toCode(error: Error): string {
  return String((error as { code?: unknown }).code ?? '');
}

const passingCodes =
  /^(08...|53...|57P..|57014|25006|58030|40001|40P01|55P03|E(CONN|PIPE|HOST|NET|AI_AGAIN|TIMEDOUT|NOTFOUND).*|ERR_STREAM_PREMATURE_CLOSE)$/;

/** pg has no code for a connection that ended under a query. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection|Client was closed|write (EPIPE|ECONNRESET))/;
