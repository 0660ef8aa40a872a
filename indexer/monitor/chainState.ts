import { assertNever } from '../../schema/lib/assert.js';
import type { EndpointScore } from '../source/endpoints/EndpointPool.js';
import type { Phase } from '../writer/Store.js';
import type { SyncReport } from './SyncReport.js';

/** How a chain's sync stands, folded from its reports; counters run from the start of the process. */
export interface ChainState {
  readonly chainId: number;
  readonly name: string;
  /** Undefined until the sync says something. */
  readonly phase: Phase | undefined;
  readonly phaseReason: string | undefined;
  readonly startHeight: number;
  readonly head: Position | undefined;
  /** By `Runtime.now`, of the last time the source named its head. */
  readonly headSeenMs: number | undefined;
  readonly safeHeight: number | undefined;
  readonly finalizedHeight: number | undefined;
  readonly height: number | undefined;
  /** Of the block at `height`; undefined for one that an earlier process wrote. */
  readonly time: Date | undefined;
  readonly events: number;
  readonly batches: number;
  readonly quarantined: number;
  readonly reorgs: number;
  readonly deepestReorg: number;
  /** Last block whose amounts were held against the rules. */
  readonly checkedHeight: number | undefined;
  /** That stand at that height. */
  readonly anomalies: number | undefined;
  readonly bufferBytes: number;
  readonly endpoints: readonly EndpointScore[];
}

export interface Position {
  readonly height: number;
  readonly time: Date;
}

export function createChainState(chain: { readonly chainId: number; readonly name: string }): ChainState {
  return {
    ...chain,
    phase: undefined,
    phaseReason: undefined,
    startHeight: 0,
    head: undefined,
    headSeenMs: undefined,
    safeHeight: undefined,
    finalizedHeight: undefined,
    height: undefined,
    time: undefined,
    events: 0,
    batches: 0,
    quarantined: 0,
    reorgs: 0,
    deepestReorg: 0,
    checkedHeight: undefined,
    anomalies: undefined,
    bufferBytes: 0,
    endpoints: [],
  };
}

/** `nowMs`: `Runtime.now` at the report. */
export function foldReport(state: ChainState, report: SyncReport, nowMs: number): ChainState {
  switch (report.kind) {
    case 'begun':
      return { ...state, startHeight: report.startHeight, height: report.height };
    case 'head': {
      const { head, safeHeight, finalizedHeight } = report;
      return { ...state, head, safeHeight, finalizedHeight, headSeenMs: nowMs };
    }
    case 'written':
      return {
        ...state,
        height: report.last.height,
        time: report.last.time,
        events: state.events + report.events,
        batches: state.batches + 1,
        quarantined: state.quarantined + report.quarantined,
      };
    case 'phase':
      return { ...state, phase: report.phase, phaseReason: report.reason };
    case 'reorg':
      return {
        ...state,
        height: report.height,
        reorgs: state.reorgs + 1,
        deepestReorg: Math.max(state.deepestReorg, report.from - report.height),
      };
    case 'checked':
      return { ...state, checkedHeight: report.height, anomalies: report.standing };
    case 'endpoints':
      return { ...state, endpoints: report.scores };
    case 'buffer':
      return { ...state, bufferBytes: report.bytes };
    case 'timing':
      return state;
    default:
      return assertNever(report);
  }
}

export interface Lag {
  readonly blocks: number;
  readonly seconds: number;
}

/** How far what is written lies behind the head; undefined where one of the two is not known. */
export function toLag({ head, height, time }: ChainState): Lag | undefined {
  if (!head || height === undefined) return undefined;
  const blocks = Math.max(0, head.height - height);
  if (blocks === 0) return { blocks, seconds: 0 };
  return time ? { blocks, seconds: Math.max(0, (head.time.getTime() - time.getTime()) / 1000) } : undefined;
}

export function sumRequests(endpoints: readonly EndpointScore[]): number {
  return endpoints.reduce((sum, { requests }) => sum + requests, 0);
}
