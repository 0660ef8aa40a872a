import { type Bounds, toTimeSql } from './Bounds.js';

/** A table as it was, as a select of all of its columns; the statement says how it will be looked up. */
export type ToTable = (bounds: Bounds, statement: string) => string | Prepared;

/** With what is worked out once for the whole statement. */
export interface Prepared {
  readonly first: Readonly<Record<string, string>>;
  readonly sql: string;
}

/** A row says when it came, and nothing takes it back. */
export const appended = (table: string): ToTable => {
  return ({ holds }) => `select t.* from ${table} t where ${holds('t')}`;
};

export const facts = {
  ...Object.fromEntries(
    [
      ...['block', 'event', 'job_step', 'attempt', 'verification', 'payout', 'stake_change', 'price', 'escrow_change'],
      ...['balance_statement', 'parameter_change', 'feed_answer', 'quarantine', 'anomaly', 'network_delta'],
    ].map((table) => [table, appended(table)] as const),
  ),
  contract: ({ holds }: Bounds) => `select t.* from contract t where ${holds('t', { time: null })}`,
  provider_delta: ({ holds }: Bounds) => `select t.* from provider_delta t where ${holds('t')}`,
  provider_version: toVersions('provider', ['owner', 'name', 'uri', 'active', 'terms', 'altered']),
  node_version: toVersions('node', [
    ...['provider_id', 'active', 'region', 'gpu_model', 'gpu_count', 'vram_mb', 'uri', 'terms', 'altered'],
  ]),
  verified_range: ({ holds, height }: Bounds) => `
    select t.chain_id, t.height_from, least(t.height_to, ${height('t')}) as height_to, t.level
    from verified_range t where ${holds('t', { height: 'height_from', time: null })}`,
  conservation_progress: ({ perChain, height }: Bounds) => `
    select t.chain_id, nullif(least(t.height, ${height('t')}), -1) as height, t.method
    from conservation_progress t where ${perChain('t', () => 'true')}`,
  chain: toChains,
} satisfies Readonly<Record<string, ToTable>>;

function toVersions(noun: 'provider' | 'node', attributes: readonly string[]): ToTable {
  return ({ holds, height }) => `
    select t.${noun}_id, t.height_from, case when t.height_to <= ${height('t')} then t.height_to end as height_to, t.chain_id,
      ${attributes.map((name) => `t.${name}`).join(', ')}
    from ${noun}_version t where ${holds('t', { height: 'height_from', time: null })}`;
}

/** How the indexer does is known of now only; how far the facts had come is that of the point, deadlines are judged by it. */
function toChains({ perChain }: Bounds): string {
  return `
    select t.chain_id, t.name, t.recorded, t.genesis_hash, t.phase, t.phase_reason,
      (${perChain('t', ({ height }) => (height < 0 ? 'null' : String(height)))})::int8 as height,
      (${perChain('t', ({ hash }) => (hash ? `'\\x${hash.toString('hex')}'` : 'null'))})::bytea as block_hash,
      (${perChain('t', ({ judgedAt }) => (judgedAt ? toTimeSql(judgedAt) : 'null'))})::timestamptz as block_time,
      t.head_height, t.head_time, t.finalized_height, t.seen_at, t.safe_height, t.reorgs, t.deepest_reorg, t.lease_epoch,
      t.lease_holder, t.lease_until
    from chain t`;
}
