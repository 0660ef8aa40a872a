import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { FamilyInput, FamilyRow } from '../../indexer/metrics/families.js';
import { priceFamilies } from '../../indexer/metrics/price/priceFamilies.js';
import { ensureMetrics } from '../../indexer/metrics/roll/ensureMetrics.js';
import type { RollFamily, RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import { rebuildNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { toHardwareClass } from '../../indexer/metrics/subjects.js';
import { createPool } from '../../schema/database.js';
import { jobMetrics } from '../../schema/metrics/catalogue/jobMetrics.js';
import { priceMetrics } from '../../schema/metrics/catalogue/priceMetrics.js';
import type { MetricDefinition } from '../../schema/metrics/MetricDefinition.js';
import { computeMarket } from '../../schema/protocols/computeMarket.js';
import { createTestDatabase } from '../testDatabase.js';

export const networkId = 'compute-market-lab';
const chainId = 31_400;
/** A Monday. */
export const firstDay = 20_454;
const SECONDS_PER_DAY = 86_400;

type Row = Readonly<Record<string, unknown>>;

export interface TradeOptions {
  readonly provider: string;
  readonly buyer: string;
  /** Whole tokens of six decimals for a GPU-hour. */
  readonly price: string;
  readonly gpuHours: number | string;
  /** Seconds from the first day's beginning. */
  readonly at: number;
  readonly model?: string | null;
  readonly gpus?: number;
  readonly outcome?: Row;
  readonly job?: Row;
  readonly agreed?: Row | null;
}

export interface PriceWorld {
  readonly pool: pg.Pool;
  insert(table: string, row: Row): Promise<void>;
  trade(options: TradeOptions): Promise<void>;
  /** The head: seconds from the first day's beginning. */
  moveHead(at: number): Promise<void>;
  /** What a family makes of days, or hours, counted from the first one's beginning. */
  figures(family: 'price' | 'price_day', from: number, to: number): Promise<readonly FamilyRow[]>;
  /** Rolls a day whose facts changed, and what follows from it, as the roller does, with its checks. */
  roll(day: number): Promise<void>;
  /** Holds what was rolled against a rebuild; names of tables that differ. */
  compare(): Promise<readonly string[]>;
  dump(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A database with a network, and rows as the writer and the step of outcomes leave them. */
export async function openPriceWorld(
  overrides: { readonly usd?: unknown; readonly network?: Row } = {},
): Promise<PriceWorld> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test', max: 2 });
  let count = 0;
  const insert: PriceWorld['insert'] = async (table, row) => {
    const columns = Object.keys(row);
    const places = columns.map((_, at) => `$${at + 1}`);
    await pool.query(`insert into ${table} (${columns}) values (${places})`, Object.values(row));
  };
  const moveHead = async (at: number) => {
    const height = at;
    await insert('block', { chain_id: chainId, height, hash: toHash(height), time: toTime(at) });
    await pool.query('update chain set height = $2, block_time = $3 where chain_id = $1', [
      chainId,
      height,
      toTime(at),
    ]);
  };
  await insert('chain', { chain_id: chainId, name: 'lab', recorded: false, phase: 'live' });
  await insert('network', { ...toNetwork(), ...overrides.network });
  await insert('token', {
    ...toToken(),
    usd: JSON.stringify(overrides.usd ?? { kind: 'static', usd: '1', note: 'made up' }),
  });
  await pool.query('create table node_verdict_all partition of node_verdict default');
  await ensureMetrics(pool, catalogue);
  await moveHead(30 * SECONDS_PER_DAY);
  const options = { pool, network, plan };
  return {
    ...{ pool, insert, moveHead },
    async trade(given) {
      count += 1;
      await insertTrade(insert, { ...given, count });
    },
    async figures(id, from, to) {
      const family = plan.families.find((one) => one.id === id);
      const unit = id === 'price' ? 1 : 24;
      const hours = [from, to].map((bucket) => firstDay * 24 + bucket * unit);
      const { rows } = await pool.query<FamilyInput>(family?.sql ?? '', [networkId, ...hours]);
      return family?.compute?.(rows) ?? [];
    },
    async roll(day) {
      await pool.query('drop table if exists kept_outcome, kept_pair');
      await pool.query('create table kept_outcome as table task_outcome; create table kept_pair as table removed_pair');
      for (let hour = 0; hour < 24; hour++) {
        const at = toTime(day * SECONDS_PER_DAY + hour * 3_600);
        await insert('mark', { family: 'network', subject: networkId, hour: at });
      }
      for (;;) {
        const rolled = await rollNetwork(options);
        if (rolled.kind !== 'rolled' || !rolled.isBehind) return;
      }
    },
    async compare() {
      const rebuilt = await rebuildNetwork({ ...options, compare: true });
      const compared = rebuilt?.compared;
      if (!compared) return ['not compared'];
      return compared.differences.map((difference) => JSON.stringify(difference));
    },
    async dump() {
      const { rows } = await pool.query<{ line: string }>(dump);
      return rows.map(({ line }) => line);
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

const dump = `
  select concat_ws(' ', m.id, s.kind, s.id, d.day, d.num, d.n, d.detail) as line
  from metric_day d join metric_subject s using (subject_key) join metric m using (metric_key)
  order by line`;

/** The record of jobs is another family's: here its rows are given. */
const success: MetricDefinition | undefined = jobMetrics.find(({ id }) => id === 'jobs.success');
const catalogue: readonly MetricDefinition[] = success ? [...priceMetrics, success] : [...priceMetrics, toSuccess()];

function toSuccess(): MetricDefinition {
  return {
    id: 'jobs.success',
    title: 'Success',
    ...{ unit: 'ratio', subjects: ['provider', 'hardware'], grains: ['hour', 'day'], value: 'ratio', methodVersion: 1 },
    ...{ definition: 'Success', formula: 'succeeded / attempts', sources: ['task_outcome'] },
  };
}

const plan: RollPlan = {
  catalogue: priceMetrics,
  // What other steps derive is given here: the roller drops it when it begins, and for a rebuild.
  firstSteps: [
    async ({ client }) => {
      await client.query('insert into task_outcome select * from kept_outcome on conflict do nothing');
      await client.query('insert into removed_pair select * from kept_pair on conflict do nothing');
      return [];
    },
  ],
  lastSteps: [],
  families: priceFamilies.map((family): RollFamily => ({ ...family, sql: readStatement(family.id) })),
};

export function readStatement(id: string): string {
  return readFileSync(new URL(`../../indexer/metrics/sql/${id}.sql`, import.meta.url), 'utf8');
}

const [definition] = computeMarket.networks;
if (!definition) throw new Error('the devnet is a network of ComputeMarket');
const network = { manifest: computeMarket, definition: { ...definition, id: networkId, chainId } };

const token = `${networkId}:usdx`;

function toNetwork(): Row {
  return {
    ...{
      id: networkId,
      chain_id: chainId,
      protocol: 'compute-market',
      title: 'Lab',
      summary: 'A lab.',
      recorded: false,
    },
    ...{ capabilities: JSON.stringify({ payout: true, price: true }), work_token: token },
  };
}

function toToken(): Row {
  return { id: token, network_id: networkId, symbol: 'USDX', decimals: 6 };
}

export function toTime(at: number): Date {
  return new Date((firstDay * SECONDS_PER_DAY + at) * 1_000);
}

export function toId(nativeId: string): string {
  return `${networkId}:${nativeId}`;
}

function toHash(height: number): Buffer {
  return Buffer.from(height.toString(16).padStart(64, '0'), 'hex');
}

/** A row of a log at a second, which is its height. */
export function logRow(at: number, row: Row): Row {
  return { chain_id: chainId, height: at, log_index: 0, time: toTime(at), ...row };
}

export function priceRow(at: number, row: Row): Row {
  return logRow(at, { network_id: networkId, unit: 'hour', resource: 'gpu', token, ...row });
}

const MICRO = 1_000_000n;

function toMicro(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * MICRO + BigInt(fraction.padEnd(6, '0'));
}

async function insertTrade(
  insert: PriceWorld['insert'],
  {
    provider,
    buyer,
    price,
    gpuHours,
    at,
    model,
    gpus = 1,
    outcome,
    job,
    agreed,
    count,
  }: TradeOptions & { count: number },
): Promise<void> {
  const jobId = toId(`job-${count}`);
  const amount = toMicro(price);
  const total = (amount * toMicro(String(gpuHours))) / MICRO;
  const fee = total / 40n;
  const known = at - 60;
  const claim = model === undefined ? 'NVIDIA H100 80GB' : model;
  await insert('job', {
    ...{
      id: jobId,
      network_id: networkId,
      chain_id: chainId,
      native_id: `job-${count}`,
      provider_id: toId(provider),
      buyer,
    },
    ...{ status: 'completed', volume: 1, price: String(amount), price_token: token, price_unit: 'hour', height: 1 },
    time: toTime(at - 3_600),
    ...job,
  });
  if (agreed !== null) {
    const row = {
      log_index: count,
      basis: 'settled',
      job_id: jobId,
      provider_id: toId(provider),
      amount: String(amount),
    };
    await insert('price', priceRow(at - 3_600, { ...row, ...agreed }));
  }
  await insert('task_outcome', {
    ...{ job_id: jobId, task_id: `${jobId}-0`, part: 0, network_id: networkId, chain_id: chainId },
    ...{ provider_id: toId(provider), buyer, kind: 'completed', known_from: toTime(known), derived: false, gpus },
    gpu_model: claim,
    hardware: toHardwareClass(claim),
    ...{ price: String(amount), paid: String(total - fee), fee: String(fee), paid_time: toTime(at) },
    ...outcome,
  });
}
