import type pg from 'pg';
import { type Hex, toHex } from '../../schema/lib/hex.js';
import { toDigest } from '../writer/digest.js';

/** How a chain stands, as the database has it: what its indexer wrote last, whether one runs or not. */
export interface ChainStatus {
  readonly chainId: number;
  readonly name: string;
  readonly recorded: boolean;
  readonly phase: string;
  readonly phaseReason: string | null;
  readonly height: number | null;
  readonly hash: Hex | null;
  readonly time: Date | null;
  readonly headHeight: number | null;
  readonly headTime: Date | null;
  readonly safeHeight: number | null;
  readonly finalizedHeight: number | null;
  readonly seenAt: Date | null;
  readonly lagBlocks: number | null;
  readonly lagSeconds: number | null;
  readonly reorgs: number;
  readonly deepestReorg: number;
  readonly quarantined: number;
  /** Last block whose amounts were held against the rules of their network. */
  readonly checkedHeight: number | null;
  /** What does not fit together, as it stands. */
  readonly anomalies: number;
  /** How far the metrics of its networks are rolled, by id; null: not begun. */
  readonly rolled: readonly { readonly network: string; readonly height: number | null }[];
  readonly digest: Hex | null;
  readonly rows: number | null;
  /** Ascending. */
  readonly verified: readonly VerifiedSpan[];
  /** Of the heights in `verified`, exact or superset; null where there are none. */
  readonly verifiedShare: number | null;
  /** Who may write it now. */
  readonly lease: { readonly holder: string; readonly until: Date } | null;
  readonly endpoints: readonly EndpointStatus[];
}

export interface VerifiedSpan {
  readonly from: number;
  readonly to: number;
  readonly level: string;
}

export interface EndpointStatus {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly requests: number;
  readonly calls: number;
  readonly bytes: number;
  readonly failures: number;
  readonly faults: number;
  readonly faultReason: string | null;
  readonly faultDetail: string | null;
  readonly faultAt: Date | null;
  readonly latencyMs: number | null;
  readonly rateLimit: number | null;
  readonly headHeight: number | null;
  readonly setAsideUntil: Date | null;
}

export async function listChainStatus(pool: pg.Pool): Promise<readonly ChainStatus[]> {
  const { rows } = await pool.query<ChainRow>(chains);
  return Promise.all(
    rows.map(async (row) => {
      const [verified, endpoints] = await Promise.all([
        listVerified(pool, row.chainId),
        listEndpoints(pool, row.chainId),
      ]);
      const { hash, digestSum, rows, leaseHolder, leaseUntil, ...chain } = row;
      return {
        ...chain,
        hash: hash && toHex(hash),
        ...toLag(chain),
        digest: digestSum && rows !== null ? toDigest({ sum: digestSum, rows }) : null,
        rows,
        verified,
        verifiedShare: toShare(verified),
        lease: leaseHolder && leaseUntil ? { holder: leaseHolder, until: leaseUntil } : null,
        endpoints,
      };
    }),
  );
}

interface ChainRow
  extends Omit<
    ChainStatus,
    'hash' | 'digest' | 'verified' | 'verifiedShare' | 'lease' | 'endpoints' | 'lagBlocks' | 'lagSeconds'
  > {
  readonly hash: Buffer | null;
  readonly digestSum: Buffer | null;
  readonly leaseHolder: string | null;
  readonly leaseUntil: Date | null;
}

const chains = `
  select c.chain_id as "chainId", c.name, c.recorded, c.phase, c.phase_reason as "phaseReason", c.height,
    c.block_hash as hash, c.block_time as time, c.head_height as "headHeight", c.head_time as "headTime",
    c.safe_height as "safeHeight", c.finalized_height as "finalizedHeight", c.seen_at as "seenAt", c.reorgs,
    c.deepest_reorg as "deepestReorg", b.digest_sum as "digestSum", b.digest_rows as rows,
    (select count(*) from quarantine q where q.chain_id = c.chain_id and q.stage <> 'odd') as quarantined,
    p.height as "checkedHeight",
    (select count(*) from anomaly a where a.chain_id = c.chain_id)
      + (select count(*) from quarantine q where q.chain_id = c.chain_id and q.stage = 'odd') as anomalies,
    (select coalesce(json_agg(json_build_object('network', n.id, 'height', m.rolled_height) order by n.id), '[]')
     from network n left join metric_progress m on m.network_id = n.id where n.chain_id = c.chain_id) as rolled,
    case when c.lease_until > now() then c.lease_holder end as "leaseHolder",
    case when c.lease_until > now() then c.lease_until end as "leaseUntil"
  from chain c
  left join block b on b.chain_id = c.chain_id and b.height = c.height
  left join conservation_progress p on p.chain_id = c.chain_id
  order by c.chain_id
`;

function toLag(chain: Pick<ChainRow, 'recorded' | 'height' | 'headHeight' | 'time' | 'headTime'>): {
  readonly lagBlocks: number | null;
  readonly lagSeconds: number | null;
} {
  const { recorded, height, headHeight, time, headTime } = chain;
  if (recorded || height === null || headHeight === null) return { lagBlocks: null, lagSeconds: null };
  const seconds = time && headTime ? Math.max(0, Math.floor((headTime.getTime() - time.getTime()) / 1000)) : null;
  return { lagBlocks: Math.max(0, headHeight - height), lagSeconds: seconds };
}

function toShare(verified: readonly VerifiedSpan[]): number | null {
  const count = (spans: readonly VerifiedSpan[]) => spans.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (verified.length === 0) return null;
  return count(verified.filter(({ level }) => level !== 'none')) / count(verified);
}

async function listVerified(pool: pg.Pool, chainId: number): Promise<readonly VerifiedSpan[]> {
  const { rows } = await pool.query<VerifiedSpan>(
    `select height_from as "from", height_to as "to", level from verified_range where chain_id = $1 order by height_from`,
    [chainId],
  );
  return rows;
}

async function listEndpoints(pool: pg.Pool, chainId: number): Promise<readonly EndpointStatus[]> {
  const { rows } = await pool.query<EndpointStatus>(
    `select name, role, state, requests, calls, bytes, failures, faults, fault_reason as "faultReason",
       fault_detail as "faultDetail", fault_at as "faultAt", latency_ms as "latencyMs", rate_limit as "rateLimit",
       head_height as "headHeight", set_aside_until as "setAsideUntil"
     from endpoint where chain_id = $1 order by name`,
    [chainId],
  );
  return rows;
}
