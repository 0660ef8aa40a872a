import type pg from 'pg';
import type { Log } from '../../schema/lib/log.js';
import type { Runtime } from '../lib/runtime.js';
import type { SyncReport } from '../monitor/SyncReport.js';
import type { Amounts } from './Plan.js';
import { keepActual, listPlans, measureDisk } from './planStore.js';

/** Holds what a backfill takes against its plan, where there is one, over as many runs as it takes. */
export interface PlanWatch {
  readonly report: (report: SyncReport) => void;
  /** Keeps what was measured so far. */
  close(): Promise<void>;
}

const nothing: Amounts = { events: 0, requests: 0, bytes: 0, seconds: 0, diskBytes: 0 };

export function createPlanWatch(options: {
  readonly pool: pg.Pool;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly log: Log;
}): PlanWatch {
  const { pool, runtime, log } = options;
  const watched = new Map<number, Watched>();
  let last: Promise<unknown> = Promise.resolve();
  // A comparison that fails is no reason to end a sync.
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch((thrown: unknown) => log.warn({ err: thrown }, 'The plan cannot be compared.'));
  };

  function begin({ chainId, height }: Extract<SyncReport, { kind: 'begun' }>): void {
    // A sync that takes the lease again goes on with what it has counted.
    if (watched.has(chainId)) return;
    const own: Watched = { ...nothing, begunMs: runtime.now(), diskAtStart: 0, before: undefined, state: 'past' };
    watched.set(chainId, own);
    inTurn(async () => {
      const kept = await findPlan(chainId);
      if (!kept || kept.measuredAt) return;
      own.before = height === undefined ? nothing : (kept.actual ?? nothing);
      own.diskAtStart = await measureDisk(pool);
    });
  }

  /** Counters and clock are read now; the rest waits for its turn. */
  function keep(chainId: number, own: Watched, isWhole: boolean): void {
    const { events, requests, bytes } = own;
    const seconds = (runtime.now() - own.begunMs) / 1000;
    inTurn(async () => {
      if (!own.before) return;
      const diskBytes = Math.max(0, (await measureDisk(pool)) - own.diskAtStart);
      const actual = add(own.before, { events, requests, bytes, seconds, diskBytes });
      await keepActual(pool, { chainId, actual, isWhole });
      if (!isWhole) return;
      const planned = (await findPlan(chainId))?.plan.expected;
      log.info({ chainId, planned, actual }, 'The past is written; this is what it took.');
    });
  }

  async function findPlan(chainId: number) {
    return (await listPlans(pool)).find(({ plan }) => plan.chainId === chainId);
  }

  return {
    report(report) {
      if (report.kind === 'begun') return begin(report);
      const own = watched.get(report.chainId);
      if (!own || own.state === 'done') return;
      if (report.kind === 'written') own.events += report.events;
      if (report.kind === 'phase' && report.phase === 'live') own.state = 'ending';
      if (report.kind !== 'endpoints') return;
      own.requests = report.scores.reduce((sum, { requests }) => sum + requests, 0);
      own.bytes = report.scores.reduce((sum, { bytes }) => sum + bytes, 0);
      if (own.state !== 'ending') return;
      // Counters come now and then: those of the end come with the first ones after it.
      own.state = 'done';
      keep(report.chainId, own, true);
    },
    async close() {
      for (const [chainId, own] of watched) if (own.state !== 'done') keep(chainId, own, own.state === 'ending');
      await last;
    },
  };
}

interface Watched {
  events: number;
  requests: number;
  bytes: number;
  readonly begunMs: number;
  diskAtStart: number;
  /** What earlier runs took; undefined where there is no plan, or it is compared already. */
  before: Amounts | undefined;
  /** ending: the past is written, the counters of the end are to come. */
  state: 'past' | 'ending' | 'done';
}

function add(one: Amounts, other: Amounts): Amounts {
  return {
    events: one.events + other.events,
    requests: one.requests + other.requests,
    bytes: one.bytes + other.bytes,
    seconds: one.seconds + other.seconds,
    diskBytes: one.diskBytes + other.diskBytes,
  };
}
