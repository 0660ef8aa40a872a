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

/** Explains scores for a server, from what is rolled up. Reads only, one question at a time, each within bounds of time and size. */
export function createScoreExplainer(databaseUrl: string): RunningExplainer {
  const pool = createPool(databaseUrl, {
    role: 'explain',
    max: 1,
    connectionTimeoutMillis: WAIT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c default_transaction_read_only=on`,
  });
  return {
    explain: (question) => withOutages(() => explain(pool, question)),
    close: () => pool.end(),
  };
}

async function explain(pool: pg.Pool, question: ScoreQuestion): Promise<ScoreChange> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await client.query('begin isolation level repeatable read read only');
    return await read(client, question);
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
const STATEMENT_TIMEOUT_MS = 2_000;
const WAIT_MS = 2_000;
const SECONDS_PER_HOUR = 3_600;

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
