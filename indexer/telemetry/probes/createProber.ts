import type pg from 'pg';
import type { GuardedHttp } from '../../../schema/lib/guardedHttp/createGuardedHttp.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import { askTarget } from './askTarget.js';
import type { Assignment } from './probes.js';
import { recordOutcome } from './recordOutcome.js';
import { type ClaimedTarget, claimTargets, keepTargets, listFactTargets, type Target } from './targetStore.js';
import { toPublicUrl } from './toPublicUrl.js';

export interface ProberOptions {
  readonly pool: pg.Pool;
  readonly http: GuardedHttp;
  readonly assignments: readonly Assignment[];
  readonly observer: string;
  /** In place of each probe's own. */
  readonly intervalSeconds?: number | undefined;
  /** Targets that are asked at a time, each of another host. */
  readonly concurrency: number;
  readonly runtime: Pick<Runtime, 'now' | 'wallTime' | 'random'>;
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
        targets: targets.map(({ base, ...target }) => ({ ...target, ...toPublicUrl(base) })),
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
    const { target } = claimed;
    const outcome = await askTarget({ http, assignment, target, base, runtime, signal: aborting.signal });
    await recordOutcome({ claimed, assignment, base, outcome, options });
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
  if (targets.kind === 'source') {
    return url === undefined ? [] : [{ target: targets.name, base: url, providerId: null, nodeId: null }];
  }
  const named = await listFactTargets(pool, targets.sql, network.definition.id);
  return url === undefined ? named : named.map((target) => ({ ...target, base: url }));
}
