import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { RankKey } from '../../../schema/metrics/formulas/rank/rankCandidates.js';
import { refuseCursor } from '../../list/cursor.js';
import type { ParsedWorkload } from './Workload.js';

/** A place in a ranking: its key, and of which question. It is a place still where whoever stood there has gone. */
export function toRankCursor(key: RankKey, question: string): string {
  const { token, cost, success, availability, score, id } = key;
  const numbers = [cost, success, availability, score].map(String);
  return Buffer.from(JSON.stringify([VERSION, question, token, ...numbers, id])).toString('base64url');
}

const VERSION = 1;

/** Throws where it is none of ours, or one of another workload. */
export function parseRankCursor(text: string, question: string): RankKey {
  const parts = toParts(text);
  if (!parts) return refuseCursor('after');
  const [, asked, token, cost, success, availability, score, id] = parts;
  if (asked !== question) {
    throw new GraphQLError(
      'Expected after to be a cursor of this workload, got one of another: begin at its first page.',
      { extensions: { code: 'CURSOR_MISMATCH' } },
    );
  }
  return {
    token,
    ...{ cost: BigInt(cost), success: BigInt(success), availability: BigInt(availability), score: BigInt(score) },
    id,
  };
}

type Parts = readonly [number, string, string, string, string, string, string, string];

function toParts(text: string): Parts | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed.length !== 8 || parsed[0] !== VERSION) return undefined;
    if (!parsed.slice(1).every((part) => typeof part === 'string')) return undefined;
    return parsed.slice(3, 7).every((part) => /^-?\d{1,200}$/.test(part)) ? (parsed as unknown as Parts) : undefined;
  } catch {
    return undefined;
  }
}

export function toRankQuestion(workload: ParsedWorkload): string {
  const text = JSON.stringify(workload, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
