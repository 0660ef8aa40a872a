import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Direction, List } from './List.js';
import type { SortValues } from './order.js';
import type { Where } from './toWhere.js';

/** A place in a list: after or before the row with these values, as the chains stood when it was read. */
export interface Cursor {
  readonly values: SortValues;
  /** What was asked: filter and sort. */
  readonly question: string;
  readonly chains: Chains;
}

/** Height and hash of the last block that was read, by the id of the chain. */
export type Chains = Readonly<Record<string, readonly [height: number, hash: string]>>;

/** Opaque to readers: they may keep it, and may not take it apart. */
export function toCursor({ values, question, chains }: Cursor): string {
  return Buffer.from(JSON.stringify([VERSION, values, question, chains])).toString('base64url');
}

/** Of another version they would be read wrongly. */
const VERSION = 1;

/** Throws where it is none of ours. */
export function parseCursor(name: string, text: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (isWhole(parsed)) return { values: parsed[1], question: parsed[2], chains: parsed[3] };
  } catch {
    // What is no JSON is no cursor either.
  }
  return refuseCursor(name);
}

export function refuseCursor(name: string): never {
  throw new GraphQLError(
    `Expected ${name} to be a cursor that this list has given, got another text: take \`endCursor\` or \`cursor\` of an answer as it stands.`,
    { extensions: { code: 'BAD_CURSOR' } },
  );
}

type Written = readonly [typeof VERSION, SortValues, string, Chains];

function isWhole(parsed: unknown): parsed is Written {
  if (!Array.isArray(parsed) || parsed.length !== 4) return false;
  const [version, values, question, chains] = parsed;
  return version === VERSION && isValues(values) && typeof question === 'string' && isChains(chains);
}

function isValues(values: unknown): boolean {
  const isValue = (value: unknown) => value === null || (typeof value === 'string' && !value.includes('\u0000'));
  return Array.isArray(values) && values.every(isValue);
}

function isChains(chains: unknown): boolean {
  if (typeof chains !== 'object' || chains === null || Array.isArray(chains)) return false;
  return Object.entries(chains).every(
    ([chainId, block]) =>
      /^\d{1,15}$/.test(chainId) &&
      Array.isArray(block) &&
      block.length === 2 &&
      Number.isSafeInteger(block[0]) &&
      /^0x([0-9a-f]{2})*$/.test(String(block[1])),
  );
}

/** The cursor of another question would lead anywhere. */
export function assertSameQuestion(name: string, cursor: Cursor, question: string): void {
  if (cursor.question === question) return;
  throw new GraphQLError(
    `Expected ${name} to be a cursor of this list with this filter and sort, got one of another: begin at its first page.`,
    { extensions: { code: 'CURSOR_MISMATCH' } },
  );
}

/** A page after a block that is gone would not fit to the page before. */
export function refuseReorganised(name: string): never {
  throw new GraphQLError(
    `Expected the blocks that ${name} was read at to stand, but a reorganisation has replaced one: begin at the first page.`,
    { extensions: { code: 'CURSOR_REORGED' } },
  );
}

/** Nothing says whether that block will stand: the chain was taken back, or it was read where more was known. */
export function refuseAhead(name: string): never {
  throw new GraphQLError(
    `Expected the blocks that ${name} was read at to be indexed, but one lies above the last block here: ask again in a moment, or begin at the first page.`,
    { extensions: { code: 'CURSOR_AHEAD' } },
  );
}

/** GraphQL gives the fields of a filter in the order of their type, however they are written. */
export function toQuestion(
  list: List,
  { where, orderBy, orderDirection }: { readonly where?: Where | null; orderBy: string; orderDirection: Direction },
): string {
  const text = JSON.stringify([list.name, where ?? {}, orderBy, orderDirection]);
  return createHash('sha256').update(text).digest('base64url').slice(0, QUESTION_LENGTH);
}

const QUESTION_LENGTH = 16;
