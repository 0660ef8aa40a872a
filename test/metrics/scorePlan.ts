import type pg from 'pg';
import { rollOutcomes } from '../../indexer/metrics/jobs/rollOutcomes.js';
import { rollOutages } from '../../indexer/metrics/reliability/rollOutages.js';
import { rollWindows } from '../../indexer/metrics/reliability/rollWindows.js';
import type { RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { rollPairs } from '../../indexer/metrics/score/rollPairs.js';
import { rollScores } from '../../indexer/metrics/score/rollScores.js';
import type { Network } from '../../schema/protocols/protocols.js';

/** All steps that scores need, and no figure beside them. */
export const scorePlan: RollPlan = {
  catalogue: [],
  readingSteps: [rollOutages, rollWindows],
  firstSteps: [rollOutcomes, rollPairs],
  families: [],
  lastSteps: [rollScores],
};

/** Turns until nothing is left; returns how many it took. */
export async function rollAll(pool: pg.Pool, network: Network, lot?: number): Promise<number> {
  for (let turns = 1; ; turns += 1) {
    const rolled = await rollNetwork({ pool, network, plan: scorePlan, ...(lot ? { lot } : {}) });
    if (rolled.kind !== 'rolled') throw new Error(`Expected a turn, got ${rolled.kind}`);
    if (!rolled.isBehind) return turns;
  }
}

export interface StoredRow {
  readonly kind: 'provider' | 'operator';
  readonly id: string;
  readonly hour: number;
  readonly score: string | null;
  readonly availability: string | null;
  readonly job_success: string | null;
  readonly promise: string | null;
  readonly integrity: string | null;
  readonly lost: string | null;
  readonly evidence: string;
  readonly evidence_weight: string;
  readonly buyers_effective: string | null;
  readonly detail: {
    readonly costToMove: string | null;
    readonly removed: { readonly sameCluster: number; readonly noHistory: number; readonly share: string | null };
  };
  readonly text: string;
}

/** Every stored score, by hour and subject; `text` is the row as the database writes it. */
export async function listScores(pool: pg.Pool): Promise<readonly StoredRow[]> {
  const { rows } = await pool.query<StoredRow>(`
    select s.kind, s.id, c.*, c::text as text,
      (coalesce(c.lost_availability, 0) + coalesce(c.lost_job_success, 0) + coalesce(c.lost_promise, 0)
        + coalesce(c.lost_integrity, 0) + c.score)::text as lost
    from score c join metric_subject s on s.subject_key = c.subject_key
    order by c.hour, s.kind desc, s.id collate "C"`);
  return rows;
}
