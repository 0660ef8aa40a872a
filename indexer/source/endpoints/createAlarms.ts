import type { Runtime } from '../../lib/runtime.js';

/** Many alarms that hardly ever ring, on one sleep of the runtime: to set and to cancel one costs next to nothing. */
export interface Alarms {
  /** Returns what cancels it. */
  set(ms: number, ring: () => void): () => void;
  /** None rings after it. */
  close(): void;
}

export function createAlarms(runtime: Runtime): Alarms {
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  /** When the sleep ends that is under way. */
  let wakesAt = Number.POSITIVE_INFINITY;
  let sleep = new AbortController();
  let closed = false;

  return {
    set(ms, ring) {
      const alarm = { at: runtime.now() + ms, ring };
      alarms.add(alarm);
      if (alarm.at < wakesAt) sleepUntil(alarm.at);
      // A sleep is not cut short: most likely the next alarm is later than this one.
      return () => alarms.delete(alarm);
    },
    close() {
      closed = true;
      alarms.clear();
      sleep.abort();
    },
  };

  function sleepUntil(at: number): void {
    if (closed) return;
    sleep.abort();
    const mine = new AbortController();
    sleep = mine;
    wakesAt = at;
    void runtime.sleep(Math.max(1, at - runtime.now()), mine.signal).then(() => {
      if (!mine.signal.aborted) wake();
    });
  }

  function wake(): void {
    wakesAt = Number.POSITIVE_INFINITY;
    const now = runtime.now();
    const due = [...alarms].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    for (const alarm of due) if (alarms.delete(alarm)) alarm.ring();
    const next = Math.min(...[...alarms].map(({ at }) => at));
    if (next < wakesAt) sleepUntil(next);
  }
}
