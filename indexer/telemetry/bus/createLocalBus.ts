import { assert } from '../../../schema/lib/assert.js';
import { RetryableError, toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import type { AcceptedBatch, BatchOutcome } from '../beats/AcceptedBatch.js';
import { createAliveSeconds } from '../beats/createAliveSeconds.js';
import type { AliveSeconds } from '../beats/writeAlive.js';
import { type Attendance, type BatchHandler, BusyError, DRAIN_MS, type TelemetryBus } from './TelemetryBus.js';

export interface LocalBus extends TelemetryBus {
  /** Beats that wait or are being committed. */
  readonly beats: number;
  readonly alive: Attendance;
}

export interface LocalBusOptions {
  readonly runtime: Runtime;
  /** At most so long the first of a group waits for others. */
  readonly commitMs: number;
  /** More beats than these do not fit: BusyError. */
  readonly maxBeats: number;
  /** Whose seconds are recorded; left out, none are. */
  readonly observer?: number;
  /** Whether beats could come in at all, such as through a gateway that is open; left out, always. */
  readonly isListening?: () => boolean;
  /** Whoever has waited so long is told to come again; what it brought may still be written. */
  readonly waitMs?: number;
  readonly log?: Log;
}

interface Waiting {
  readonly batch: AcceptedBatch;
  readonly since: number;
  isAnswered: boolean;
  answer(outcome: BatchOutcome | Error): void;
}

/** Gateway and writer in one process: what is published is committed in groups, one at a time. */
export function createLocalBus(options: LocalBusOptions): LocalBus {
  const { runtime, commitMs, maxBeats, observer, isListening = () => true, log } = options;
  const { waitMs = 20_000 } = options;
  const seconds = createAliveSeconds(runtime);
  const stopping = new AbortController();
  const ended = new AbortController();
  let queue: Waiting[] = [];
  let flying: readonly Waiting[] = [];
  let beats = 0;
  let wake = new AbortController();
  let work: Promise<void> | undefined;

  function publish(batch: AcceptedBatch): Promise<BatchOutcome> {
    if (stopping.signal.aborted) return Promise.reject(new RetryableError('This gateway is closing; come again.'));
    if (beats + batch.beats.length > maxBeats) {
      seconds.refuse();
      return Promise.reject(new BusyError(`Expected room for ${batch.beats.length} beats, ${beats} wait already.`));
    }
    seconds.take();
    beats += batch.beats.length;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        ...{ batch, since: runtime.now(), isAnswered: false },
        answer(outcome) {
          if (waiting.isAnswered) return;
          waiting.isAnswered = true;
          if (typeof outcome === 'string') resolve(outcome);
          else reject(outcome);
        },
      };
      queue.push(waiting);
      if (queue.length === 1 || beats >= EAGER_BEATS) wake.abort();
    });
  }

  async function flushAll(handler: BatchHandler): Promise<void> {
    const backoff = createBackoff({ firstMs: 50, maxMs: 2_000, runtime });
    let committedAt = runtime.now();
    while (!ended.signal.aborted) {
      const [first] = queue;
      const dueAt = first ? first.since + commitMs : committedAt + IDLE_MS;
      const isDue = runtime.now() >= dueAt || beats >= EAGER_BEATS || stopping.signal.aborted;
      if (!isDue) {
        wake = new AbortController();
        await runtime.sleep(dueAt - runtime.now(), wake.signal);
        continue;
      }
      const isDone = await flush(handler);
      committedAt = runtime.now();
      if (stopping.signal.aborted && queue.length === 0) return;
      if (isDone) backoff.reset();
      else await backoff.wait(ended.signal);
    }
  }

  /** False where it has to be tried again. */
  async function flush(handler: BatchHandler): Promise<boolean> {
    flying = takeGroup();
    const alive = observer === undefined ? [] : seconds.list(observer);
    if (flying.length + alive.length === 0) return true;
    try {
      await commit(handler, flying, alive);
      seconds.forget(alive);
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown;
      log?.warn({ reason: toMessage(thrown), beats }, 'heartbeats wait for the database');
      queue = [...flying, ...queue];
      flying = [];
      return false;
    }
    for (const { batch } of flying) beats -= batch.beats.length;
    flying = [];
    return true;
  }

  function takeGroup(): readonly Waiting[] {
    let taken = 0;
    let count = 0;
    while (count < queue.length && (count === 0 || taken < GROUP_BEATS)) {
      taken += queue[count]?.batch.beats.length ?? 0;
      count += 1;
    }
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    return group;
  }

  /** What the database refuses for good is found by halves, so that it takes nothing else with it. */
  async function commit(
    handler: BatchHandler,
    group: readonly Waiting[],
    alive: readonly AliveSeconds[],
  ): Promise<void> {
    try {
      const outcomes = await handler(
        group.map(({ batch }) => batch),
        alive,
      );
      for (const [index, waiting] of group.entries()) waiting.answer(outcomes[index] ?? new Error('No outcome'));
    } catch (thrown) {
      if (isOutage(thrown)) throw thrown;
      log?.error({ err: thrown, batches: group.length }, 'heartbeats cannot be written');
      if (group.length < 2) {
        for (const waiting of group) waiting.answer(thrown instanceof Error ? thrown : new Error(toMessage(thrown)));
        return;
      }
      const middle = group.length >> 1;
      await commit(handler, group.slice(0, middle), alive);
      await commit(handler, group.slice(middle), []);
    }
  }

  async function watch(): Promise<void> {
    while (!ended.signal.aborted) {
      if (!stopping.signal.aborted && isListening()) seconds.note();
      else seconds.skip();
      const late = runtime.now() - waitMs;
      for (const waiting of [...flying, ...queue]) {
        if (waiting.since > late) break;
        waiting.answer(new RetryableError('The database is out of reach; send it again.'));
      }
      await runtime.sleep(LOOK_MS, ended.signal);
    }
  }

  /** Whoever still waits is told so: what nobody has answered is not lost, for it is sent again. */
  function end(): void {
    stopping.abort();
    ended.abort();
    for (const waiting of [...flying, ...queue])
      waiting.answer(new RetryableError('This gateway has closed before it was committed; send it again.'));
  }

  return {
    publish,
    alive: { take: seconds.take, refuse: seconds.refuse },
    get beats() {
      return beats;
    },
    async consume(handler) {
      assert(!work, 'one handler takes what is published');
      work = flushAll(handler).finally(end);
      work.catch(() => undefined);
      void watch();
    },
    async close(withinMs = DRAIN_MS) {
      stopping.abort();
      wake.abort();
      const inTime = new AbortController();
      await Promise.race([work, runtime.sleep(withinMs, inTime.signal)]);
      inTime.abort();
      end();
    },
  };
}

/** So many beats are a group that need not wait for more. */
const EAGER_BEATS = 5_000;
/** A transaction takes about so many: more of them would be waited for too long. */
const GROUP_BEATS = 20_000;
/** Between two commits where nothing comes in. */
const IDLE_MS = 1_000;
const LOOK_MS = 500;
