import type pg from 'pg';
import { createPool } from '../../schema/database.js';
import { UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import { listNetworks, type Network } from '../../schema/protocols/protocols.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { isOutage } from '../writer/outage.js';
import { createPlan } from './createPlan.js';
import { ensureMetrics } from './roll/ensureMetrics.js';
import { listRolled } from './roll/listRolled.js';
import { type Rebuilt, rebuildNetwork, verifyNetwork } from './roll/rebuildNetwork.js';
import { type Rolled, rollNetwork } from './roll/rollNetwork.js';
import { runMetricsRoller } from './roll/runMetricsRoller.js';

export type { Comparison, TableDifference } from './roll/compareDerived.js';
export type { Rebuilt } from './roll/rebuildNetwork.js';
export type { Rolled } from './roll/rollNetwork.js';

export interface Roller {
  /** Ends when it has been stopped; fails on a bug. */
  readonly done: Promise<void>;
  /** Undoes the turn that is under way, and ends. */
  stop(): Promise<void>;
}

/** Rolls every network of the database until it is stopped. */
export function startRoller(options: {
  readonly databaseUrl: string;
  readonly intervalSeconds: number;
  readonly log: Log;
  readonly onTurn?: (networkId: string, rolled: Rolled) => void;
}): Roller {
  const { databaseUrl, intervalSeconds, log, onTurn } = options;
  const stopping = new AbortController();
  const pool = openPool(databaseUrl);
  const done = runMetricsRoller({
    ...{ pool, runtime: systemRuntime, log, signal: stopping.signal, plan: createPlan(), networks: listNetworks() },
    intervalMs: intervalSeconds * 1_000,
    ...(onTurn ? { onTurn } : {}),
  }).finally(() => pool.end());
  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

export interface OnceOptions {
  readonly databaseUrl: string;
  /** Absent: every network of the database. */
  readonly networkId?: string | undefined;
  readonly signal: AbortSignal;
}

/** Rolls what is due and ends. Tells of each turn. */
export async function rollOnce(
  options: OnceOptions & { readonly onTurn: (networkId: string, rolled: Rolled) => void },
): Promise<void> {
  const { signal, onTurn } = options;
  const plan = createPlan();
  await eachNetwork(options, async (pool, network) => {
    let rolled: Rolled;
    do {
      rolled = await rollNetwork({ pool, network, plan, signal });
      onTurn(network.definition.id, rolled);
    } while (rolled.kind === 'rolled' && rolled.isBehind && !signal.aborted);
  });
}

/**
 * Makes everything anew, network by network, each in one transaction, and keeps it or not. With `compare` it tells whether what
 * was stored is the same.
 */
export async function remakeMetrics(
  options: OnceOptions & {
    readonly keep: boolean;
    readonly compare: boolean;
    readonly onNetwork: (networkId: string, rebuilt: Rebuilt) => void;
  },
): Promise<void> {
  const { signal, keep, compare, onNetwork } = options;
  const plan = createPlan();
  await eachNetwork(options, async (pool, network) => {
    const given = { pool, network, plan, signal };
    const rebuilt = keep ? await rebuildNetwork({ ...given, compare }) : await verifyNetwork(given);
    if (rebuilt) onNetwork(network.definition.id, rebuilt);
  });
}

/** Throws UserError for a network that is not in the database, or that nobody describes. */
async function eachNetwork(
  { databaseUrl, networkId, signal }: OnceOptions,
  work: (pool: pg.Pool, network: Network) => Promise<void>,
): Promise<void> {
  const pool = openPool(databaseUrl);
  try {
    const stored = await listRolled(pool, listNetworks());
    const asked = stored.filter(({ id }) => networkId === undefined || id === networkId);
    if (asked.length === 0) throw toUnknown(networkId, stored);
    await ensureMetrics(pool, createPlan().catalogue);
    for (const { id, network } of asked) {
      if (signal.aborted) return;
      if (!network) {
        throw new UserError(
          `Expected a description of the network ${id}, which is in the database, found none: name its file in COMPUTESCAN_NETWORK_FILE.`,
        );
      }
      await work(pool, network);
    }
  } catch (thrown) {
    // What was interrupted is undone, and told of by nobody.
    if (!(signal.aborted && (isOutage(thrown) || thrown === signal.reason))) throw thrown;
  } finally {
    await pool.end();
  }
}

function toUnknown(networkId: string | undefined, stored: readonly { readonly id: string }[]): UserError {
  if (networkId === undefined || stored.length === 0) {
    return new UserError('Expected a network in the database, found none: index one first.');
  }
  const known = stored.map(({ id }) => id).join(', ');
  return new UserError(`Expected a network of the database (${known}), got "${networkId}": name one of those.`);
}

/** One for turns, one to stop them, one to look up networks. */
function openPool(databaseUrl: string): pg.Pool {
  return createPool(databaseUrl, { role: 'roll', max: 3, connectionTimeoutMillis: CONNECT_MS, keepAlive: true });
}

const CONNECT_MS = 5_000;
