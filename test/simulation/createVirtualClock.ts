import { setImmediate } from 'node:timers';
import type { Runtime } from '../../indexer/lib/runtime.js';
import type { Random } from './createRandom.js';

/**
 * Time that passes only when everybody waits: all that is ready runs, then the next timer fires. Timers that are due at
 * the same moment fire in an order that the seed draws.
 */
export interface VirtualClock {
  /** Milliseconds since the start of the run. */
  now(): number;
  /** Returns how to take it back. */
  schedule(delayMs: number, run: () => void): () => void;
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Lets time pass until the promise is settled. Throws Deadlock when nothing is left that could settle it. */
  run<T>(main: Promise<T>): Promise<T>;
  /** Stops time while something real, such as a query, is under way. */
  hold<T>(real: Promise<T>): Promise<T>;
  /** Timers fired so far. */
  readonly fired: number;
}

/** Nobody can go on: the run waits for something that will never come. */
export class Deadlock extends Error {
  override readonly name = 'Deadlock';
}

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

export function createVirtualClock(random: Random, options: { readonly maxTimers?: number } = {}): VirtualClock {
  const { maxTimers = 1_000_000 } = options;
  const timers: Timer[] = [];
  let time = 0;
  let fired = 0;
  let held = 0;
  let wake: () => void = () => undefined;

  function schedule(delayMs: number, run: () => void): () => void {
    const timer: Timer = { due: time + Math.max(0, delayMs), order: random.next(), run, cancelled: false };
    push(timers, timer);
    return () => {
      timer.cancelled = true;
    };
  }

  function fireNext(): void {
    for (;;) {
      const timer = pop(timers);
      if (!timer) throw new Deadlock(`Nothing is left to wait for at ${time} ms.`);
      if (timer.cancelled) continue;
      time = timer.due;
      fired += 1;
      if (fired > maxTimers) throw new Deadlock(`Expected an end within ${maxTimers} timers, none at ${time} ms.`);
      timer.run();
      return;
    }
  }

  return {
    now: () => time,
    schedule,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const end = () => {
          signal?.removeEventListener('abort', cut);
          resolve();
        };
        const cancel = schedule(delayMs, end);
        const cut = () => {
          cancel();
          end();
        };
        signal?.addEventListener('abort', cut);
      }),
    async run(main) {
      let settled = false;
      const note = () => {
        settled = true;
      };
      main.then(note, note);
      for (;;) {
        await drain();
        if (settled) return main;
        if (held === 0) fireNext();
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
    hold(real) {
      held += 1;
      const release = () => {
        held -= 1;
        wake();
      };
      real.then(release, release);
      return real;
    },
    get fired() {
      return fired;
    },
  };
}

/** The machine's clock for one process: its time of day runs beside the others' and may be set back. */
export function createVirtualRuntime(
  clock: VirtualClock,
  random: Random,
  options: { readonly toSkewMs?: (nowMs: number) => number } = {},
): Runtime {
  const { toSkewMs = () => 0 } = options;
  return {
    now: () => clock.now(),
    wallTime: () => new Date(EPOCH_MS + clock.now() + toSkewMs(clock.now())),
    sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
    random: () => random.next(),
  };
}

/** When runs begin, in the time of day. */
export const EPOCH_MS = Date.UTC(2026, 0, 1);

/** Immediates run when no promise is left that could go on. */
function drain(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}

/** A binary heap, the next timer first. */
function push(heap: Timer[], timer: Timer): void {
  let at = heap.length;
  heap.push(timer);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (!parent || !isBefore(timer, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = timer;
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    const [left, right] = [heap[down], heap[down + 1]];
    if (!left) break;
    if (right && isBefore(right, left)) down += 1;
    const child = heap[down] ?? left;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = down;
  }
  heap[at] = last;
  return first;
}
