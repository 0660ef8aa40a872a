import type pg from 'pg';
import { accounts } from '../../devnet/computeMarket/cast.js';
import { toAccount } from '../../devnet/computeMarket/lookups.js';
import { toAnvilAccount } from '../../devnet/toAnvilAccount.js';
import { ensureMetrics } from '../../indexer/metrics/roll/ensureMetrics.js';
import type { RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { loadRecord } from '../../indexer/metrics/score/loadRecord.js';
import type { NetworkRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { networkId, openScoreWorld } from './openScoreWorld.js';

export interface RolledDevnet {
  readonly pool: pg.Pool;
  readonly record: NetworkRecord;
  /** Unix seconds of the newest scores. */
  readonly at: number;
  close(): Promise<void>;
}

/** Ninety days of the devnet's ComputeMarket, indexed from its chain and rolled up. */
export async function openRolledDevnet(plan: RollPlan): Promise<RolledDevnet> {
  const world = await openScoreWorld({ historyDays: 90 });
  const { pool, head } = world;
  try {
    const network = getNetwork(networkId);
    await ensureMetrics(pool, plan.catalogue);
    for (let isBehind = true; isBehind; ) {
      const rolled = await rollNetwork({ pool, network, plan });
      if (rolled.kind !== 'rolled') throw new Error(`Expected a turn, got ${rolled.kind}`);
      isBehind = rolled.isBehind;
    }
    const { rows } = await pool.query<{ hour: number }>('select max(hour) as hour from score');
    const hour = rows[0]?.hour ?? 0;
    const record = await within(pool, (client) =>
      loadRecord(client, { network: network.definition, height: head, beforeHour: hour }),
    );
    return { pool, record, at: hour * 3_600, close: () => world.close() };
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function within<T>(pool: pg.Pool, read: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    return await read(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** The address at a position among the cast's accounts. */
export function toAddress(account: number): string {
  const address = addresses[account];
  if (address === undefined) throw new Error(`Expected an account from 0 to ${accounts.count - 1}, got ${account}.`);
  return address;
}

/** As the explorer knows a provider of the cast. */
export function toProviderId(position: number): string {
  return `${networkId}:${toAddress(toAccount(position))}`;
}

const addresses = Array.from({ length: accounts.count }, (_, index) => toAnvilAccount(index).address.toLowerCase());
