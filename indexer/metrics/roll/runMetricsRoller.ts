import type pg from 'pg';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import { ensureMetrics } from './ensureMetrics.js';
import { listRolled } from './listRolled.js';
import type { RollPlan } from './RollPlan.js';
import { type Rolled, rollNetwork } from './rollNetwork.js';
import { timeParts } from './timeParts.js';

export interface MetricsRollerOptions {
  readonly pool: pg.Pool;
  readonly runtime: Runtime;
  readonly log: Log;
  /** Ends it at once; the turn that is under way is undone. */
  readonly signal: AbortSignal;
  readonly plan: RollPlan;
  /** Those that this process knows; of the database's others it says that it cannot roll them. */
  readonly networks: readonly Network[];
  readonly intervalMs: number;
  readonly lot?: number;
  /** Told of every turn of a network. */
  readonly onTurn?: (networkId: string, rolled: Rolled) => void;
}

/**
 * Rolls every network of the database for as long as it may. Outages of the database pass, and what they interrupted is done
 * again; a bug is thrown. Of several processes one at a time rolls a network.
 */
export async function runMetricsRoller(options: MetricsRollerOptions): Promise<void> {
  const { pool, runtime, log, signal, plan, intervalMs } = options;
  const backoff = createBackoff({ firstMs: 1_000, maxMs: 60_000, runtime });
  const unknown = new Set<string>();
  let isPrepared = false;
  while (!signal.aborted) {
    try {
      if (!isPrepared) await ensureMetrics(pool, plan.catalogue);
      isPrepared = true;
      const isBehind = await turn(options, unknown);
      backoff.reset();
      if (!isBehind) await runtime.sleep(intervalMs, signal);
    } catch (thrown) {
      if (signal.aborted && (isOutage(thrown) || thrown === signal.reason)) return;
      if (!isOutage(thrown)) throw thrown;
      log.warn(
        { reason: toMessage(thrown) },
        'the database is out of reach or in a conflict; metrics are rolled again',
      );
      await backoff.wait(signal);
    }
  }
}

/** One turn of each network; whether one of them is to go on at once. */
async function turn(options: MetricsRollerOptions, unknown: Set<string>): Promise<boolean> {
  const { pool, runtime, log, signal, plan, lot, onTurn } = options;
  let isBehind = false;
  for (const { id, network } of await listRolled(pool, options.networks)) {
    if (signal.aborted) return false;
    if (!network) {
      if (!unknown.has(id)) log.warn({ network: id }, 'nobody describes this network here; it is not rolled');
      unknown.add(id);
      continue;
    }
    const begun = runtime.now();
    const { onPart, listSlowest } = timeParts(() => runtime.now());
    const given = { pool, network, plan, signal, onPart };
    const rolled = await rollNetwork(lot === undefined ? given : { ...given, lot });
    onTurn?.(id, rolled);
    if (rolled.kind !== 'rolled') continue;
    isBehind ||= rolled.isBehind;
    const { kind, ...facts } = rolled;
    const level = rolled.isRebuild || rolled.isBehind ? 'info' : 'debug';
    const ms = Math.round(runtime.now() - begun);
    log[level]({ network: id, ...facts, ms, slowest: listSlowest() }, 'metrics are rolled');
  }
  return isBehind;
}
