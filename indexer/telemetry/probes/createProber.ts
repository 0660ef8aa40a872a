import type pg from 'pg';
import type { GuardedHttp } from '../../../schema/lib/guardedHttp/createGuardedHttp.js';
import { toNounId } from '../../../schema/lib/ids.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import { transact } from '../../writer/transact.js';
import { askTarget, type Outcome } from './askTarget.js';
import type { Assignment } from './probes.js';
import { countReadings, writeReadings } from './readingStore.js';
import {
  type ClaimedTarget,
  claimTargets,
  keepTargets,
  listFactTargets,
  recordFailure,
  recordSuccess,
  releaseTarget,
  type Target,
} from './targetStore.js';
import { toPublicUrl } from './toPublicUrl.js';
import { toReadings } from './toReadings.js';

export interface ProberOptions {
  readonly pool: pg.Pool;
  readonly http: GuardedHttp;
  readonly assignments: readonly Assignment[];
  readonly observer: string;
  /** In place of each probe's own. */
  readonly intervalSeconds?: number | undefined;
  /** Targets that are asked at a time, each of another host. */
  readonly concurrency: number;
  readonly runtime: Pick<Runtime, 'wallTime' | 'random'>;
  readonly log: Log;
}

export interface Prober {
  /** Learns from the facts whom to ask. */
  findTargets(): Promise<void>;
  /**
   * Begins to ask those who are due, as many as may be asked at a time; returns how many it began with. Throws what came
   * in the way of those before: a database out of reach, or a bug.
   */
  askDue(): Promise<number>;
  /** Waits for those that are being asked, and throws as `askDue` does. */
  settle(): Promise<void>;
  /** Gives up what is being asked. */
  abort(): void;
}

/** Asks targets when they are due and keeps what they say. All state of it that must last is in the database. */
export function createProber(options: ProberOptions): Prober {
  const { pool, assignments, observer, concurrency, runtime } = options;
  const byKey = new Map(assignments.map((one) => [toAssignmentKey(one.network.definition.id, one.probe.id), one]));
  const bases = new Map<string, string>();
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const aborting = new AbortController();

  function throwFailure(): void {
    const [first] = failures.splice(0);
    if (first !== undefined) throw first;
  }

  async function findTargets(): Promise<void> {
    for (const assignment of assignments) {
      const { probe, network } = assignment;
      const networkId = network.definition.id;
      const targets = await listTargets(pool, assignment);
      for (const { target, base } of targets) bases.set(`${toAssignmentKey(networkId, probe.id)} ${target}`, base);
      await keepTargets(pool, {
        ...{ networkId, probe: probe.id, observer, now: runtime.wallTime() },
        intervalSeconds: options.intervalSeconds ?? probe.intervalSeconds,
        targets: targets.map(({ target, base }) => ({
          ...{ target, ...toPublicUrl(base) },
          providerId: probe.targets.kind === 'facts' ? toNounId(networkId, target) : null,
        })),
      });
    }
  }

  async function askDue(): Promise<number> {
    throwFailure();
    const limit = concurrency - running.size;
    if (limit <= 0 || assignments.length === 0) return 0;
    const now = runtime.wallTime();
    const claimed = await claimTargets(pool, {
      ...{ observer, limit, now, busyHosts: running.keys(), leaseUntil: new Date(now.getTime() + LEASE_MS) },
      assignments: assignments.map(({ network, probe }) => ({ networkId: network.definition.id, probe: probe.id })),
    });
    for (const one of claimed) {
      const note = (thrown: unknown) => void failures.push(thrown);
      const end = () => void running.delete(one.host);
      running.set(one.host, ask(one).catch(note).then(end));
    }
    return claimed.length;
  }

  async function ask(claimed: ClaimedTarget): Promise<void> {
    const key = toAssignmentKey(claimed.networkId, claimed.probe);
    const assignment = byKey.get(key);
    const base = bases.get(`${key} ${claimed.target}`);
    if (!assignment || base === undefined) return;
    const { http } = options;
    const outcome = await askTarget({ http, assignment, base, signal: aborting.signal });
    await record({ claimed, assignment, base, outcome, options });
  }

  return {
    findTargets,
    askDue,
    async settle() {
      await Promise.all(running.values());
      throwFailure();
    },
    abort: () => aborting.abort(),
  };
}

/** Longer than the slowest probe takes for all of its pages. */
const LEASE_MS = 5 * 60_000;

function toAssignmentKey(networkId: string, probe: string): string {
  return `${networkId} ${probe}`;
}

async function listTargets(pool: pg.Pool, { probe, network, url }: Assignment): Promise<readonly Target[]> {
  const { targets } = probe;
  if (targets.kind === 'facts') return listFactTargets(pool, targets.sql, network.definition.id);
  return url === undefined ? [] : [{ target: targets.name, base: url }];
}

interface Answered {
  readonly claimed: ClaimedTarget;
  readonly assignment: Assignment;
  readonly base: string;
  readonly outcome: Outcome;
  readonly options: ProberOptions;
}

async function record({ claimed, assignment, base, outcome, options }: Answered): Promise<void> {
  const { pool, runtime, log } = options;
  const at = runtime.wallTime();
  const intervalSeconds = options.intervalSeconds ?? assignment.probe.intervalSeconds;
  const toNextDue = (failures: number) =>
    new Date(at.getTime() + toWaitSeconds({ intervalSeconds, failures, chance: runtime.random() }) * 1_000);
  const { networkId: network, probe, target } = claimed;
  if (outcome.kind === 'aborted') return releaseTarget(pool, claimed, at);
  if (outcome.kind === 'failed') {
    await recordFailure(pool, claimed, { flaw: outcome.flaw, nextDue: toNextDue(claimed.failures + 1) });
    log.warn({ network, probe, target, ...outcome.flaw }, 'a probe came to nothing');
    return;
  }
  const { url: sourceUrl } = toPublicUrl(base);
  const readings = toReadings(outcome.prices, {
    ...assignment,
    ...{ target, observer: claimed.observer, sourceUrl, intervalSeconds, at },
  });
  const { prices, refused, flaw } = outcome;
  const isKept = await transact(pool, async (client) => {
    const known = await countReadings(client, claimed, at.toISOString().slice(0, 10));
    if (known + readings.length > MAX_ROWS_A_DAY) return false;
    await writeReadings(client, claimed, readings);
    await recordSuccess(client, claimed, { at, nextDue: toNextDue(0), prices: prices.length, refused, flaw });
    return true;
  });
  if (isKept) return log.debug({ network, probe, target, prices: prices.length, refused }, 'a probe was answered');
  const text = `Expected at most ${MAX_ROWS_A_DAY} prices and changes a day, got more.`;
  await recordFailure(pool, claimed, {
    flaw: { reason: 'tooManyChanges', text },
    nextDue: toNextDue(claimed.failures + 1),
  });
}

/** Of one target: all cards of the largest operator could change ten times. Beyond that it is no price list any more. */
const MAX_ROWS_A_DAY = 50_000;
/** A target that stays silent is asked twice a day. */
const MAX_WAIT_SECONDS = 12 * 3_600;

/** The interval, doubled for each failure in a row but the first, and a tenth more or less so that questions spread. */
export function toWaitSeconds(after: {
  readonly intervalSeconds: number;
  readonly failures: number;
  /** From 0 up to 1. */
  readonly chance: number;
}): number {
  const { intervalSeconds, failures, chance } = after;
  const doubled = intervalSeconds * 2 ** Math.max(0, Math.min(failures - 1, 20));
  return Math.min(doubled, Math.max(intervalSeconds, MAX_WAIT_SECONDS)) * (0.9 + chance / 5);
}
