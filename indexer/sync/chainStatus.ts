import type pg from 'pg';
import type { Header } from '../events/logs.js';

/**
 * waiting: the source is out of reach; backfill: far behind the head; live: at it; halted: needs a person; complete:
 * a recording that ends here.
 */
export type Phase = 'waiting' | 'backfill' | 'live' | 'halted' | 'complete';

export async function recordPhase(
  pool: pg.Pool,
  chainId: number,
  phase: Phase,
  reason: string | null = null,
): Promise<void> {
  await pool.query('update chain set phase = $2, phase_reason = $3 where chain_id = $1', [chainId, phase, reason]);
}

/** What the source said last; `seen_at` is the database's clock, so that readers compare like with like. */
export async function recordHead(
  pool: pg.Pool,
  chainId: number,
  head: Header,
  finalizedHeight: number | undefined,
): Promise<void> {
  await pool.query(
    `update chain set head_height = $2, head_time = $3, finalized_height = $4, seen_at = now() where chain_id = $1`,
    [chainId, head.height, head.time, finalizedHeight ?? null],
  );
}
