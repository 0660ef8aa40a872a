import { GraphQLError } from 'graphql';
import { HASH_DIGITS, type Position, type Standing, toDigest } from './standing.js';

/**
 * A place in what one subscription is told: how the chains stood before the turn that told it, and how far that turn had come.
 * What changes together is told in the order of ids.
 */
export interface TurnCursor {
  readonly kind: 'turn';
  readonly from: Standing;
  readonly to: Standing;
  /** The last one that was told. */
  readonly id: string;
}

/** What was known of the last buckets of a figure. */
export interface SeriesCursor {
  readonly kind: 'series';
  /** Digests of buckets by where they begin, unix time in ms; oldest first. */
  readonly buckets: ReadonlyMap<number, string>;
}

export type LiveCursor = TurnCursor | SeriesCursor;

/** Opaque to readers. `question` is what they subscribed to. */
export function toLiveCursor(question: string, cursor: LiveCursor): string {
  const body =
    cursor.kind === 'turn'
      ? ['t', writeStanding(cursor.from), writeStanding(cursor.to), cursor.id]
      : ['s', [...cursor.buckets]];
  return Buffer.from(JSON.stringify([VERSION, toDigest(question), ...body])).toString('base64url');
}

/** Of another version they would be read wrongly. */
const VERSION = 1;

/** Throws where it is none of ours, or of another subscription. */
export function parseLiveCursor(text: string, question: string): LiveCursor {
  const parsed = parse(text);
  if (!parsed) {
    throw createCursorError(
      'BAD_CURSOR',
      'Expected `after` to be a cursor of a message, got another text: take `cursor` as it stands.',
    );
  }
  if (parsed.question === toDigest(question)) return parsed.cursor;
  throw createCursorError(
    'CURSOR_MISMATCH',
    'Expected `after` to be a cursor of this subscription with these arguments, got one of another: leave it out to begin now.',
  );
}

export type CursorCode =
  | 'BAD_CURSOR'
  | 'CURSOR_MISMATCH'
  | 'CURSOR_TOO_OLD'
  | 'CURSOR_REORGED'
  | 'CURSOR_AHEAD'
  | 'TOO_MANY_CHANGES';

export function createCursorError(code: CursorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function parse(text: string): { readonly question: string; readonly cursor: LiveCursor } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed[0] !== VERSION || typeof parsed[1] !== 'string') return undefined;
    const cursor = parsed[2] === 't' ? parseTurn(parsed) : parseSeries(parsed);
    return cursor && { question: parsed[1], cursor };
  } catch {
    return undefined;
  }
}

const MAX_LENGTH = 16_384;

function parseTurn([, , , from, to, id]: readonly unknown[]): TurnCursor | undefined {
  const standings = { from: readStanding(from), to: readStanding(to) };
  if (!standings.from || !standings.to || typeof id !== 'string' || id.includes('\u0000')) return undefined;
  return { kind: 'turn', from: standings.from, to: standings.to, id };
}

function parseSeries([, , kind, buckets]: readonly unknown[]): SeriesCursor | undefined {
  if (kind !== 's' || !Array.isArray(buckets) || !buckets.every(isBucket)) return undefined;
  return { kind: 'series', buckets: new Map(buckets) };
}

function isBucket(pair: unknown): pair is readonly [number, string] {
  return Array.isArray(pair) && pair.length === 2 && Number.isSafeInteger(pair[0]) && typeof pair[1] === 'string';
}

function writeStanding(standing: Standing): readonly (readonly unknown[])[] {
  return [...standing].map(([chainId, { height, hash, timeMs, retractions }]) => [
    ...[chainId, height, hash, timeMs, retractions],
  ]);
}

function readStanding(written: unknown): Standing | undefined {
  if (!Array.isArray(written) || !written.every(isPosition)) return undefined;
  return new Map(
    written.map(([chainId, height, hash, timeMs, retractions]) => [
      chainId,
      { height, hash, timeMs, retractions } satisfies Position,
    ]),
  );
}

type WrittenPosition = readonly [number, number, string, number, number];

function isPosition(row: unknown): row is WrittenPosition {
  if (!Array.isArray(row) || row.length !== 5) return false;
  const [chainId, height, hash, timeMs, retractions] = row;
  const numbers = [chainId, height, timeMs, retractions];
  if (!numbers.every((number) => Number.isSafeInteger(number)) || height < -1 || timeMs < 0 || retractions < 0)
    return false;
  return timeMs <= MAX_TIME_MS && retractions <= MAX_INT && new RegExp(`^[0-9a-f]{0,${HASH_DIGITS}}$`).test(hash);
}

/** Of a Date of JavaScript; what lies before 1970 may lie before all that Postgres knows. */
const MAX_TIME_MS = 8_640_000_000_000_000;
const MAX_INT = 2 ** 31 - 1;
