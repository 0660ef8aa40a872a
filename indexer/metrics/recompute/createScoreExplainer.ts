import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { UserError } from '../../../schema/lib/errors.js';
import { explainChange, type ScoreChange } from '../../../schema/metrics/formulas/score/explainChange.js';
import type { ScoreExplainer, ScoreQuestion } from '../../../schema/metrics/ScoreExplainer.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import { withOutages } from '../../writer/outage.js';
import { loadRecord } from '../score/loadRecord.js';

export interface RunningExplainer {
  readonly explain: ScoreExplainer;
  close(): Promise<void>;
}

/**
 * Explains scores for a server, from what is rolled up. Reads only, one question at a time, each within bounds of time and size. What
 * was told is kept for as long as the chain before it, both scores and the methods are the same.
 */
export function createScoreExplainer(databaseUrl: string): RunningExplainer {
  const told = new Map<string, ScoreChange>();
  const pool = createPool(databaseUrl, {
    role: 'explain',
    max: 1,
    connectionTimeoutMillis: WAIT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c default_transaction_read_only=on`,
  });
  return {
    explain: (question) => withOutages(() => explain(pool, told, question)),
    close: () => pool.end(),
  };
}

async function explain(pool: pg.Pool, told: Map<string, ScoreChange>, question: ScoreQuestion): Promise<ScoreChange> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await client.query('begin isolation level repeatable read read only');
    const mark = await readMark(client, question);
    const known = told.get(mark);
    if (known) return known;
    const change = await read(client, question);
    const [oldest] = told.keys();
    if (told.size >= MAX_TOLD && oldest !== undefined) told.delete(oldest);
    told.set(mark, change);
    return change;
  } catch (thrown) {
    if (isCancelled(thrown)) throw toTooMuch(question);
    throw thrown;
  } finally {
    await client.query('rollback').catch((thrown: unknown) => {
      broken = thrown;
    });
    client.release(broken !== undefined);
  }
}

/** The last block that can count stands for all before it; a row's version for what it says. */
async function readMark(client: pg.ClientBase, question: ScoreQuestion): Promise<string> {
  const { networkId, providerId, from, to } = question;
  const { chainId } = getNetwork(networkId).definition;
  const { rows } = await client.query<{ mark: string | null }>(markSql, [networkId, chainId, providerId, from, to]);
  return `${providerId} ${from} ${to} ${rows[0]?.mark}`;
}

async function read(client: pg.ClientBase, question: ScoreQuestion): Promise<ScoreChange> {
  const { networkId, providerId, from, to } = question;
  const { rows } = await client.query<{ height: number | null; outcomes: number }>(sizeSql, [networkId, MAX_OUTCOMES]);
  const { height = null, outcomes = 0 } = rows[0] ?? {};
  if (outcomes > MAX_OUTCOMES) throw toTooMuch(question);
  const { definition: network } = getNetwork(networkId);
  const record = await loadRecord(client, { network, height: height ?? 0, beforeHour: to });
  return explainChange(record, { subject: providerId, from: from * SECONDS_PER_HOUR, to: to * SECONDS_PER_HOUR });
}

/** Of how many outcomes the record of a network may be: an explanation computes in the process that serves everybody else too. */
const MAX_OUTCOMES = 20_000;
const MAX_TOLD = 50;
const STATEMENT_TIMEOUT_MS = 2_000;
const WAIT_MS = 2_000;
const SECONDS_PER_HOUR = 3_600;

const markSql = `
  select concat_ws(' ',
    (select method_digest from metric_progress where network_id = $1),
    (select encode(hash, 'hex') from block
     where chain_id = $2 and time < to_timestamp($5::bigint * 3600) order by time desc, height desc limit 1),
    (select string_agg(c.xmin::text, ' ' order by c.hour)
     from metric_subject s join score c on c.subject_key = s.subject_key
     where s.kind = 'provider' and s.id = $3 and c.hour in ($4, $5))) as mark
`;

const sizeSql = `
  select (select rolled_height from metric_progress where network_id = $1) as height,
    (select count(*) from (select from task_outcome where network_id = $1 limit $2::int + 1) o) as outcomes
`;

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown as { code?: unknown }).code === '57014';
}

function toTooMuch({ networkId, providerId }: ScoreQuestion): UserError {
  return new UserError(
    `Expected a network of at most ${MAX_OUTCOMES} outcomes, which are read within ${STATEMENT_TIMEOUT_MS / 1_000} s, but ${networkId} has more: run computescan score ${providerId} --explain <block>.`,
  );
}
