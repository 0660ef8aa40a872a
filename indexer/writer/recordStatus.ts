import type pg from 'pg';
import type { HeadRecord, Phase } from './Store.js';

/**
 * What the source said last; `seen_at` is the database's clock, so that readers compare like with like. What was final
 * once stays final, whatever a lagging node says.
 */
export async function recordHead(pool: pg.Pool, chainId: number, record: HeadRecord): Promise<void> {
  const { head, safeHeight, finalizedHeight } = record;
  await pool.query(
    `update chain
     set head_height = $2, head_time = $3, safe_height = coalesce($4, safe_height),
       finalized_height = greatest(finalized_height, $5), seen_at = now()
     where chain_id = $1`,
    [chainId, head.height, head.time, safeHeight ?? null, finalizedHeight ?? null],
  );
}

export async function recordPhase(pool: pg.Pool, chainId: number, phase: Phase, reason?: string): Promise<void> {
  await pool.query('update chain set phase = $2, phase_reason = $3 where chain_id = $1', [
    chainId,
    phase,
    reason ?? null,
  ]);
}
