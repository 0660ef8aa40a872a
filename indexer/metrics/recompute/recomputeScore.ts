import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { assert } from '../../../schema/lib/assert.js';
import { UserError } from '../../../schema/lib/errors.js';
import { explainChange, type ScoreChange } from '../../../schema/metrics/formulas/score/explainChange.js';
import type { NetworkRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import type { Score } from '../../../schema/metrics/formulas/score/Score.js';
import { scoreNetwork } from '../../../schema/metrics/formulas/score/scoreNetwork.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import { toOperatorId } from '../score/toOperatorId.js';
import { type BlockPoint, findBlock } from './findBlock.js';
import { findStoredScore, listDifferences, type ScoreDifference } from './findStoredScore.js';
import { findSubject, type ScoreSubject } from './findSubject.js';
import { recordFromFacts } from './recordFromFacts.js';

export interface RecomputeOptions {
  readonly databaseUrl: string;
  /** Public id, its beginning, or a name. */
  readonly subject: string;
  /** The last block whose facts count; the last that is read where it is left out. */
  readonly height?: number | undefined;
  /** How many healthy network groups a verdict on a minute needs (HEARTBEAT_MIN_OBSERVERS). */
  readonly minObservers: number;
  /** Holds the result against what is stored: then the score is as of the last stored hour up to that block. */
  readonly verify: boolean;
  /** Also tells what has changed it since the midnight (UTC) before this block. */
  readonly explainFrom?: number | undefined;
}

export interface Recomputed {
  readonly subject: ScoreSubject;
  readonly chainId: number;
  readonly workToken: { readonly symbol: string; readonly decimals: number } | undefined;
  readonly block: BlockPoint;
  readonly score: Score;
  /** How much the record holds that the score is made from. */
  readonly record: Readonly<Record<'providers' | 'buyers' | 'outcomes' | 'payments' | 'days' | 'incidents', number>>;
  /** Where it was asked for: fields that are stored otherwise. */
  readonly verified: { readonly differences: readonly ScoreDifference[] } | undefined;
  /** Where it was asked for: what has changed it, in causes that add up. */
  readonly explanation: ScoreChange | undefined;
}

/** A score from facts and readings alone, by no table that a roller makes. Reads only, and sees one moment. */
export async function recomputeScore(options: RecomputeOptions): Promise<Recomputed> {
  const pool = createPool(options.databaseUrl, { role: 'score', max: 1 });
  try {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      return await recompute(client, options);
    } finally {
      await client.query('rollback').catch(() => undefined);
      client.release();
    }
  } finally {
    await pool.end();
  }
}

async function recompute(client: pg.ClientBase, options: RecomputeOptions): Promise<Recomputed> {
  const { subject: asked, height, minObservers, verify, explainFrom } = options;
  const subject = await findSubject(client, asked);
  const network = getNetwork(subject.networkId).definition;
  const { chainId, workToken } = network;
  const block = await findBlock(client, chainId, height);
  const hour = Math.floor(block.time / SECONDS_PER_HOUR);
  const stored = verify ? await findStoredScore(client, { subject, hour }) : undefined;
  const at = (stored?.hour ?? hour) * SECONDS_PER_HOUR;
  const scope = { network, height: block.height, beforeHour: at / SECONDS_PER_HOUR };
  const from = explainFrom === undefined ? undefined : await findBlock(client, chainId, explainFrom);
  if (from) assertBefore(from, at);
  const record = await recordFromFacts(client, scope, { blockTime: block.time, minObservers });
  const score = findScore(scoreNetwork(record, { at }), { subject, block, at });
  const made = { subject: score.subject, kind: score.kind };
  return {
    ...{ subject, chainId, workToken, block, score: { ...score, subject: subject.id }, record: toCounts(record) },
    verified: stored && { differences: listDifferences(stored, score) },
    explanation: from && {
      ...explainChange(record, { ...made, from: toMidnight(from.time), to: at }),
      subject: subject.id,
    },
  };
}

/** Of a day that is over the heartbeats are known as a whole only: what has changed is told from midnights on. */
function toMidnight(time: number): number {
  return Math.floor(time / SECONDS_PER_DAY) * SECONDS_PER_DAY;
}

function assertBefore({ height, time }: BlockPoint, at: number): void {
  if (toMidnight(time) <= at) return;
  throw new UserError(
    `Expected a block to explain from that lies before the score, ${new Date(at * 1_000).toISOString()}, got block ${height}: give an earlier one with --explain.`,
  );
}

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_HOUR = 3_600;

function findScore(
  scores: readonly Score[],
  { subject, block, at }: { readonly subject: ScoreSubject; readonly block: BlockPoint; readonly at: number },
): Score {
  const found = scores.find(
    ({ kind, subject: id }) =>
      kind === subject.kind && (kind === 'operator' ? toOperatorId(subject.networkId, id) : id) === subject.id,
  );
  if (found) return found;
  const time = new Date(at * 1_000).toISOString();
  throw new UserError(
    `Expected a ${subject.kind} that is known before ${time}, but ${subject.id} is not yet by block ${block.height}: give a later block with --at.`,
  );
}

function toCounts(record: NetworkRecord): Recomputed['record'] {
  const { providers, buyers, outcomes, payments, slots, incidents } = record;
  assert(new Set(providers.map(({ id }) => id)).size === providers.length, 'each provider stands in a record once');
  return {
    ...{ providers: providers.length, buyers: buyers.length, outcomes: outcomes.length, payments: payments.length },
    ...{ days: slots.length, incidents: incidents.length },
  };
}
