import { SLOT_SECONDS } from '../../../schema/heartbeat/slots.js';
import type { Runtime } from '../../lib/runtime.js';
import type { AliveSeconds } from './writeAlive.js';

/**
 * The seconds in which a process listens, until a commit proves that it could have kept what it heard. A second that no
 * commit follows within a few seconds is forgotten: of it nothing is known.
 */
export interface AliveCounter {
  /** It listens now, and has since the last look, unless that was long ago or it has refused more than it took. */
  note(): void;
  /** It does not listen now: this second does not count. */
  skip(): void;
  /** Something was taken. Some that are told to come again are no harm beside many that are taken. */
  take(): void;
  /** Something was turned away. Who turns away more than he takes would blame nodes for himself. */
  refuse(): void;
  /** What a commit that begins now may record. */
  list(observer: number): readonly AliveSeconds[];
  /** These are committed. */
  forget(rows: readonly AliveSeconds[]): void;
}

export function createAliveSeconds(runtime: Pick<Runtime, 'now' | 'wallTime'>): AliveCounter {
  /** By unix second, with the time of `now` at which it was noted. */
  const noted = new Map<number, number>();
  /** The last second that was looked at: a clock that steps back does not bring a second twice, nor fills an old gap. */
  let last = -Infinity;
  let lookedAt = -Infinity;
  /** Since the last look. */
  let [taken, refused] = [0, 0];

  function skip(): void {
    const second = toSecond(runtime);
    noted.delete(second);
    lookedAt = -Infinity;
    last = Math.max(last, second);
    [taken, refused] = [0, 0];
  }

  return {
    note() {
      if (refused > taken) return skip();
      const now = runtime.now();
      const second = toSecond(runtime);
      const isSteady = now - lookedAt <= GAP_MS && second - last <= GAP_MS / 1_000;
      for (let one = isSteady ? last + 1 : Math.max(second, last + 1); one <= second; one += 1) noted.set(one, now);
      last = Math.max(last, second);
      lookedAt = now;
      [taken, refused] = [0, 0];
    },
    skip,
    take() {
      taken += 1;
    },
    refuse() {
      refused += 1;
    },
    list(observer) {
      const oldest = runtime.now() - KNOWN_WITHIN_MS;
      const bySlot = new Map<number, bigint>();
      for (const [second, at] of noted) {
        if (at < oldest) {
          noted.delete(second);
          continue;
        }
        const slot = Math.floor(second / SLOT_SECONDS);
        bySlot.set(slot, (bySlot.get(slot) ?? 0n) | (1n << BigInt(second % SLOT_SECONDS)));
      }
      return [...bySlot].map(([slot, bits]) => ({ observer, slot, bits }));
    },
    forget(rows) {
      for (const { slot, bits } of rows)
        for (let second = 0; second < SLOT_SECONDS; second += 1)
          if ((bits >> BigInt(second)) & 1n) noted.delete(slot * SLOT_SECONDS + second);
    },
  };
}

function toSecond(runtime: Pick<Runtime, 'wallTime'>): number {
  return Math.floor(runtime.wallTime().getTime() / 1_000);
}

/** Longer between two looks, and what was in between is not known. */
const GAP_MS = 2_000;
const KNOWN_WITHIN_MS = 5_000;
