import type pg from 'pg';
import { createPool } from '../../schema/database.js';
import { UserError } from '../../schema/lib/errors.js';
import { toHex } from '../../schema/lib/hex.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { createSeededRandom } from '../lib/createSeededRandom.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { createChainSource } from '../source/createChainSource.js';
import { createEndpointPool } from '../source/endpoints/createEndpointPool.js';
import type { EndpointDefinition } from '../source/endpoints/EndpointPool.js';
import { toDigest } from '../writer/digest.js';
import { findDigest } from '../writer/findDigest.js';
import { rescanDigest } from '../writer/rescanDigest.js';
import type { Cursor, VerifiedRange } from '../writer/Store.js';
import type { ChainAudit } from './AuditReport.js';
import { auditRanges, type RangeAudit } from './auditRanges.js';
import { checkInvariants, type InvariantResult } from './checkInvariants.js';
import { chooseRanges } from './chooseRanges.js';

export type { ChainAudit, Finding } from './AuditReport.js';

export interface AuditOptions {
  readonly databaseUrl: string;
  /** Absent: every chain in the database. */
  readonly chainId?: number | undefined;
  readonly ranges: number;
  /** Blocks of a range, at most. */
  readonly blocks: number;
  readonly seed: number;
  /** By chain id; a chain without endpoints is checked against itself only. */
  readonly endpoints: Readonly<Record<string, readonly EndpointDefinition[]>>;
  /** Asked instead of the chain's own endpoints; of one chain only. */
  readonly against?: string | undefined;
}

/** Looks for what is stored and should not be, and the other way round. Reads only. */
export async function runAudit(options: AuditOptions): Promise<readonly ChainAudit[]> {
  const pool = createPool(options.databaseUrl, { role: 'audit', max: 4 });
  try {
    const chains = await listChains(pool, options.chainId);
    assertOneChain(chains, options);
    const audits: ChainAudit[] = [];
    for (const chain of chains) audits.push(await auditChain(pool, chain, options));
    return audits;
  } finally {
    await pool.end();
  }
}

interface Chain {
  readonly chainId: number;
  readonly name: string;
  readonly recorded: boolean;
  readonly height: number;
  readonly hash: Buffer;
  readonly finalizedHeight: number | null;
  readonly networks: readonly string[];
}

async function listChains(pool: pg.Pool, chainId: number | undefined): Promise<readonly Chain[]> {
  const { rows } = await pool.query<Chain>(
    `select c.chain_id as "chainId", c.name, c.recorded, c.height, c.block_hash as hash,
       c.finalized_height as "finalizedHeight",
       array(select n.id from network n where n.chain_id = c.chain_id order by n.id) as networks
     from chain c
     where c.height is not null and ($1::bigint is null or c.chain_id = $1)
     order by c.chain_id`,
    [chainId ?? null],
  );
  if (rows.length > 0) return rows;
  const which = chainId === undefined ? 'a chain' : `chain ${chainId}`;
  throw new UserError(`Expected ${which} with written blocks in the database, found none. Index it first.`);
}

function assertOneChain(chains: readonly Chain[], { against }: AuditOptions): void {
  const asked = chains.filter(({ recorded }) => !recorded);
  if (against === undefined || asked.length <= 1) return;
  throw new UserError(
    `Expected --chain with --against, for there are ${asked.length} chains (${asked.map(({ chainId }) => chainId).join(', ')}). Name the one whose endpoint it is.`,
  );
}

async function auditChain(pool: pg.Pool, chain: Chain, options: AuditOptions): Promise<ChainAudit> {
  const { chainId, name, height } = chain;
  const { checks, findings } = await checkStored(pool, chain);
  const sampled = await sampleRanges(pool, chain, options);
  return {
    chainId,
    name,
    height,
    ranges: sampled.ranges,
    checks,
    findings: [...sampled.findings, ...findings],
    notes: sampled.notes,
  };
}

async function checkStored(
  pool: pg.Pool,
  { chainId, height, hash }: Chain,
): Promise<Pick<ChainAudit, 'checks' | 'findings'>> {
  const results = [
    ...(await checkTables(pool, chainId)),
    await checkDigest(pool, chainId, { height, hash: toHex(hash) }),
  ];
  return {
    checks: results.map(({ name, broken }) => ({ name, broken })),
    findings: results.flatMap((result) => result.findings),
  };
}

async function checkTables(pool: pg.Pool, chainId: number): Promise<readonly InvariantResult[]> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await checkInvariants(client, chainId);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** What is derived from facts has no leaf of its own: the other checks hold it against the facts. */
async function checkDigest(pool: pg.Pool, chainId: number, at: Cursor): Promise<InvariantResult> {
  const name = 'the state digest equals a rescan';
  const [kept, rescanned] = [await findDigest(pool, chainId, at), await rescanDigest(pool, chainId, at.height)];
  if (toDigest(kept) === toDigest(rescanned)) return { name, broken: 0, findings: [] };
  const detail = `${toDigest(kept)} over ${kept.rows} rows is kept, the tables come to ${toDigest(rescanned)} over ${rescanned.rows}`;
  return { name, broken: 1, findings: [{ kind: 'invariant', name, subject: 'digest', height: at.height, detail }] };
}

async function sampleRanges(
  pool: pg.Pool,
  chain: Chain,
  options: AuditOptions,
): Promise<RangeAudit & { readonly notes: readonly string[] }> {
  const { chainId, recorded } = chain;
  const endpoints = options.against ? [{ url: options.against }] : (options.endpoints[chainId] ?? []);
  const skip = (note: string) => ({ ranges: [], findings: [], notes: [note] });
  if (recorded) return skip('A recorded history has no endpoint to ask again.');
  if (endpoints.length === 0) return skip('No endpoint to compare with: name one with --against, or in RPC_URLS.');
  const networks = chain.networks.map(getNetwork);
  const ranges = chooseRanges({
    from: toStartHeight(networks),
    // Above, the chain may change between the two answers.
    to: Math.min(chain.height, chain.finalizedHeight ?? chain.height),
    verified: await listVerified(pool, chainId),
    count: options.ranges,
    blocks: options.blocks,
    random: createSeededRandom(options.seed),
  });
  const source = createChainSource({
    pool: createEndpointPool({ chainId, endpoints, runtime: systemRuntime }),
    chainId,
    // What is looked at again is proven, as far as the chain allows it.
    policy: { backfill: 'exact', head: 'exact' },
  });
  try {
    return { ...(await auditRanges({ pool, chainId, networks, source, ranges })), notes: [] };
  } finally {
    await source.close();
  }
}

function toStartHeight(networks: readonly Network[]): number {
  return Math.min(...networks.flatMap(({ definition }) => definition.contracts.map(({ startBlock }) => startBlock)));
}

async function listVerified(pool: pg.Pool, chainId: number): Promise<readonly VerifiedRange[]> {
  const { rows } = await pool.query<VerifiedRange>(
    'select height_from as "from", height_to as "to", level from verified_range where chain_id = $1 order by height_from',
    [chainId],
  );
  return rows;
}
