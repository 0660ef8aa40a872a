import type pg from 'pg';
import type { Amounts, Plan } from './Plan.js';

/** Plans as they are kept: one for each chain, and what came of it. */
export interface KeptPlan {
  readonly plan: Plan;
  /** Of all runs so far. */
  readonly actual: Amounts | undefined;
  /** When the past was written; undefined before. */
  readonly measuredAt: Date | undefined;
}

/** A new plan begins a new comparison. */
export async function keepPlan(pool: pg.Pool, plan: Plan): Promise<void> {
  await pool.query(
    `insert into sync_plan (chain_id, made_at, plan) values ($1, $2, $3)
     on conflict (chain_id) do update
     set made_at = excluded.made_at, plan = excluded.plan, actual = null, measured_at = null`,
    [plan.chainId, plan.madeAt, JSON.stringify(plan)],
  );
}

export async function listPlans(pool: pg.Pool): Promise<readonly KeptPlan[]> {
  const { rows } = await pool.query<{ plan: Plan; madeAt: Date; actual: Amounts | null; measuredAt: Date | null }>(
    'select plan, made_at as "madeAt", actual, measured_at as "measuredAt" from sync_plan order by chain_id',
  );
  return rows.map(({ plan, madeAt, actual, measuredAt }) => ({
    plan: { ...plan, madeAt },
    actual: actual ?? undefined,
    measuredAt: measuredAt ?? undefined,
  }));
}

export async function keepActual(
  pool: pg.Pool,
  options: { readonly chainId: number; readonly actual: Amounts; readonly isWhole: boolean },
): Promise<void> {
  await pool.query(
    `update sync_plan set actual = $2, measured_at = case when $3 then now() end
     where chain_id = $1 and measured_at is null`,
    [options.chainId, JSON.stringify(options.actual), options.isWhole],
  );
}

/** Tables and indexes of everything that is stored. */
export async function measureDisk(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ size: string }>(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::text as size
     from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  return Number(rows[0]?.size ?? 0);
}
