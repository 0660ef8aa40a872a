import type { VerificationPolicy } from '../source/verification/chainRules.js';
import { createRangeSizer } from '../sync/createRangeSizer.js';
import { HEAD_WINDOW } from '../sync/SyncOptions.js';
import { type Stratum, toDensity, toLogBlockDensity } from './strata.js';

/** What one of each costs, as measured at the endpoint; bytes of answers, as they came. */
export interface UnitCosts {
  readonly policy: VerificationPolicy;
  readonly logBytes: number;
  readonly headerBytes: number;
  /** All receipts of a block that holds logs; 0 where none are asked for. */
  readonly receiptsBytes: number;
  /** Whether logs tell their blocks' times, so that headers need not be asked for. */
  readonly hasTimes: boolean;
  readonly reads: ReadCosts;
}

/** Of contract reads that give logs their meaning. */
export interface ReadCosts {
  readonly callsPerEvent: number;
  readonly bytesPerEvent: number;
  /** Requests one after the other, where one answer names the next read. */
  readonly waves: number;
}

export interface PredictedRequests {
  readonly ranges: number;
  readonly requests: number;
  readonly bytes: number;
}

/** As the source asks: calls in one HTTP request, and blocks whose receipts are asked for in one. */
const CALLS_PER_REQUEST = 100;
const RECEIPTS_PER_REQUEST = 100;
const BLOCKS_PER_REQUEST = 100;
/** Ranges that are planned by what was known before the answers that are on their way. */
const RANGES_AHEAD = 1;

/**
 * The whole way of a sync to the head: the past in ranges, by the very rule that sizes them, over what was sampled; then
 * the last blocks one by one.
 */
export function predictRequests(
  strata: readonly Stratum[],
  options: { readonly maxBlocks: number; readonly costs: UnitCosts },
): PredictedRequests {
  const from = strata[0]?.from ?? 0;
  const to = strata.at(-1)?.to ?? 0;
  const pastTo = to - HEAD_WINDOW;
  const past = predictPast(strata, { ...options, from, to: pastTo });
  const first = Math.max(from, pastTo + 1);
  const atHead = predictHead({ blocks: to - first + 1, ...toContent(strata, first, to) }, options.costs);
  return {
    ranges: past.ranges,
    requests: Math.round(past.requests + atHead.requests),
    bytes: Math.round(past.bytes + atHead.bytes),
  };
}

function predictPast(
  strata: readonly Stratum[],
  options: { readonly maxBlocks: number; readonly costs: UnitCosts; readonly from: number; readonly to: number },
): PredictedRequests {
  const { maxBlocks, costs, to } = options;
  const sizer = createRangeSizer({ maxBlocks });
  const underway: { readonly blocks: number; readonly logs: number; readonly bytes: number }[] = [];
  let [ranges, requests, bytes] = [0, 0, 0];
  for (let from = options.from; from <= to; ) {
    const blocks = Math.min(sizer.blocks, to - from + 1);
    const range = { blocks, ...toContent(strata, from, from + blocks - 1) };
    const answer = { blocks, logs: range.logs, bytes: toBytes(range, costs) };
    ranges += 1;
    requests += toRequests(range, costs) + toReadRequests(range, costs.reads);
    bytes += answer.bytes + range.logs * costs.reads.bytesPerEvent;
    underway.push(answer);
    const known = underway.length > RANGES_AHEAD ? underway.shift() : undefined;
    if (known) sizer.noteFetched(known);
    from += blocks;
  }
  return { ranges, requests, bytes };
}

/** Chain id, genesis, the head before and after, its tags, headers of the window. */
const STARTING_REQUESTS = 6;

/** Each block is asked for by its hash, several in a request; where blooms are looked at, only those that may hold logs. */
function predictHead(content: Content, costs: UnitCosts): PredictedRequests {
  const { blocks, logs, logBlocks } = content;
  const asked = costs.policy === 'off' ? blocks : logBlocks;
  const receipts = costs.policy === 'off' ? 0 : logBlocks * costs.receiptsBytes;
  return {
    ranges: 0,
    requests: STARTING_REQUESTS + Math.ceil(asked / BLOCKS_PER_REQUEST) + toReadRequests(content, costs.reads),
    bytes: blocks * costs.headerBytes + logs * (costs.logBytes + costs.reads.bytesPerEvent) + receipts,
  };
}

function toReadRequests({ logs }: Content, { callsPerEvent, waves }: ReadCosts): number {
  const calls = logs * callsPerEvent;
  return calls < 0.5 ? 0 : Math.max(waves, calls / CALLS_PER_REQUEST);
}

interface Content {
  readonly blocks: number;
  readonly logs: number;
  readonly logBlocks: number;
}

function toBytes({ blocks, logs, logBlocks }: Content, costs: UnitCosts): number {
  const headers = costs.policy === 'off' ? 2 + (costs.hasTimes ? 0 : Math.max(0, logBlocks - 2)) : blocks;
  const receipts = costs.policy === 'exact' ? logBlocks * costs.receiptsBytes : 0;
  return logs * costs.logBytes + Math.min(headers, blocks) * costs.headerBytes + receipts;
}

function toRequests({ blocks, logBlocks }: Content, { policy, hasTimes }: UnitCosts): number {
  if (policy === 'off')
    return 1 + (hasTimes ? 0 : Math.ceil(Math.max(0, Math.min(blocks, logBlocks) - 2) / CALLS_PER_REQUEST));
  const headers = Math.ceil((blocks + 1) / CALLS_PER_REQUEST);
  return headers + (policy === 'exact' ? Math.ceil(logBlocks / RECEIPTS_PER_REQUEST) : 0);
}

/** Of a range that may lie across strata. */
function toContent(strata: readonly Stratum[], from: number, to: number): Omit<Content, 'blocks'> {
  let [logs, logBlocks] = [0, 0];
  for (const stratum of strata) {
    const blocks = Math.min(to, stratum.to) - Math.max(from, stratum.from) + 1;
    if (blocks <= 0) continue;
    logs += blocks * toDensity(stratum);
    logBlocks += blocks * toLogBlockDensity(stratum);
  }
  return { logs, logBlocks };
}
