import { RetryableError } from '../../schema/lib/errors.js';
import type { ChainSource, FetchedRange, Filter, RangeAnswer } from '../source/ChainSource.js';
import type { RangeSizer } from './createRangeSizer.js';

/** The past, range by range in ascending order, fetched ahead of whoever takes it. */
export interface RangeStream {
  /** The next range; undefined after the last one. Throws what the fetching threw. */
  next(): Promise<FetchedRange | undefined>;
  /** Whether `next` would return at once. */
  isReady(): boolean;
  /** Of answers that wait to be taken. */
  readonly bufferedBytes: number;
  /** Ends what is on its way. */
  stop(): void;
}

export interface RangeStreamOptions {
  readonly source: Pick<ChainSource, 'fetchRange'>;
  readonly sizer: RangeSizer;
  readonly from: number;
  readonly to: number;
  /** Asked anew for every range: factories may have announced contracts meanwhile. */
  readonly getFilter: () => Filter;
  /** Ranges on their way at once, at most; so many are only asked while whoever takes them has to wait. */
  readonly maxConcurrency?: number;
  /** Bytes of answers that wait or are on their way, at most, by what is expected of them. */
  readonly maxBytes?: number;
}

interface Slot {
  readonly from: number;
  readonly to: number;
  state: 'planned' | 'asked' | 'fetched' | 'failed';
  expectedBytes: number;
  range?: FetchedRange;
  error?: unknown;
}

/**
 * Slots stand in the order of the chain and are answered in any order; the first one is handed out when it is there. A
 * range that is refused as too large becomes several smaller ones in its place. The first slot is always asked, whatever
 * the budget, so that nothing waits for ever.
 */
export function createRangeStream(options: RangeStreamOptions): RangeStream {
  const { source, sizer, getFilter, maxConcurrency = 16, maxBytes = 24 * 1024 * 1024 } = options;
  const stopping = new AbortController();
  const slots: Slot[] = [];
  let planned = options.from;
  let concurrency = FIRST_CONCURRENCY;
  let wake: () => void = () => undefined;

  function pump(): void {
    while (!stopping.signal.aborted) {
      const waiting = slots.find(({ state }) => state === 'planned');
      const blocks = waiting ? waiting.to - waiting.from + 1 : sizer.blocks;
      if (waiting ? waiting !== slots[0] && !hasRoom(blocks) : slots.length > 0 && !hasRoom(blocks)) return;
      const slot = waiting ?? plan(blocks);
      if (!slot) return;
      void ask(slot);
    }
  }

  /** Only when it can be asked at once: until then the sizer may learn what a range should be. */
  function plan(blocks: number): Slot | undefined {
    if (planned > options.to) return undefined;
    const slot = createSlot(planned, Math.min(options.to, planned + blocks - 1));
    planned = slot.to + 1;
    slots.push(slot);
    return slot;
  }

  function hasRoom(blocks: number): boolean {
    const asked = slots.filter(({ state }) => state === 'asked');
    const ready = sumBytes(slots.filter(({ state }) => state === 'fetched'));
    return (
      asked.length < concurrency &&
      slots.length < MAX_SLOTS &&
      ready < maxBytes / READY_PART &&
      ready + sumBytes(asked) + sizer.toExpectedBytes(blocks) <= maxBytes
    );
  }

  async function ask(slot: Slot): Promise<void> {
    slot.state = 'asked';
    slot.expectedBytes = sizer.toExpectedBytes(slot.to - slot.from + 1);
    try {
      settle(
        slot,
        await source.fetchRange({ from: slot.from, to: slot.to, filter: getFilter(), signal: stopping.signal }),
      );
    } catch (thrown) {
      slot.state = 'failed';
      slot.error = thrown;
    }
    wake();
    pump();
  }

  function settle(slot: Slot, answer: RangeAnswer): void {
    if (stopping.signal.aborted) return;
    const blocks = slot.to - slot.from + 1;
    if (answer.kind === 'fetched') {
      sizer.noteFetched({ blocks, logs: answer.logs.length, bytes: answer.bytes });
      slot.state = 'fetched';
      slot.expectedBytes = answer.bytes;
      slot.range = answer;
      return;
    }
    if (blocks === 1) {
      throw new RetryableError(`Block ${slot.from} alone is more than the node answers at a time: ${answer.reason}`);
    }
    const suggested = answer.suggestedTo === undefined ? undefined : answer.suggestedTo - slot.from + 1;
    split(
      slot,
      sizer.noteRefused({ blocks, suggested: suggested !== undefined && suggested >= 1 ? suggested : undefined }),
    );
  }

  function split(slot: Slot, blocks: number): void {
    const parts: Slot[] = [];
    for (let from = slot.from; from <= slot.to; from += blocks) {
      parts.push(createSlot(from, Math.min(slot.to, from + blocks - 1)));
    }
    slots.splice(slots.indexOf(slot), 1, ...parts);
  }

  return {
    async next() {
      for (;;) {
        pump();
        const first = slots[0];
        if (!first) return undefined;
        if (first.state === 'failed') throw first.error;
        if (first.range) {
          slots.shift();
          pump();
          return first.range;
        }
        concurrency = Math.min(maxConcurrency, concurrency + 1);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    isReady: () => slots[0]?.state === 'fetched',
    get bufferedBytes() {
      return slots.reduce((sum, { range }) => sum + (range?.bytes ?? 0), 0);
    },
    stop() {
      stopping.abort();
      slots.length = 0;
    },
  };
}

function sumBytes(slots: readonly Slot[]): number {
  return slots.reduce((sum, { expectedBytes }) => sum + expectedBytes, 0);
}

/** Answers that lie ready gain nothing: only so much of the budget is for them, all of it for what is on its way. */
const READY_PART = 4;
/** The first answer tells how much the next ones may be asked for. */
const FIRST_CONCURRENCY = 1;
/** Of ranges that are empty and therefore small. */
const MAX_SLOTS = 64;

function createSlot(from: number, to: number): Slot {
  return { from, to, state: 'planned', expectedBytes: 0 };
}
