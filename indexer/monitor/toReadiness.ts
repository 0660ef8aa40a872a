import { type ChainState, toLag } from './chainState.js';

export interface Readiness {
  readonly ready: boolean;
  readonly chains: readonly ChainReadiness[];
}

export interface ChainReadiness {
  readonly chain: number;
  readonly name: string;
  readonly phase: string;
  readonly ready: boolean;
  /** Why it is not ready, or what is worth knowing although it is. */
  readonly reason: string | undefined;
  readonly lagBlocks: number | undefined;
  readonly lagSeconds: number | undefined;
}

export interface ReadinessLimits {
  /** By `Runtime.now`. */
  readonly nowMs: number;
  readonly wallTime: Date;
  readonly lagSeconds: number;
}

/**
 * Whether what is written may be taken for the present. A standby is ready: it is there to take over, and another one
 * writes. A chain without any is never ready.
 */
export function toReadiness(states: readonly ChainState[], limits: ReadinessLimits): Readiness {
  const chains = states.map((state) => toChainReadiness(state, limits));
  return { ready: chains.length > 0 && chains.every(({ ready }) => ready), chains };
}

function toChainReadiness(state: ChainState, limits: ReadinessLimits): ChainReadiness {
  const lag = toLag(state);
  const common = {
    chain: state.chainId,
    name: state.name,
    phase: state.phase ?? 'notStarted',
    lagBlocks: lag?.blocks,
    lagSeconds: lag?.seconds,
  };
  if (state.phase === 'standby') {
    return { ...common, ready: true, reason: 'standing by: another indexer holds the lease and writes' };
  }
  const reason = toReason(state, limits);
  return { ...common, ready: reason === undefined, reason };
}

function toReason(state: ChainState, { nowMs, wallTime, lagSeconds }: ReadinessLimits): string | undefined {
  if (state.phase === undefined) return 'its sync has not started';
  if (state.phase === 'halted') return `halted: ${state.phaseReason ?? 'no reason given'}`;
  if (state.phase === 'complete') return undefined;
  if (!state.head || state.headSeenMs === undefined) return 'its source has not answered yet';
  const silentSeconds = Math.floor((nowMs - state.headSeenMs) / 1000);
  if (silentSeconds > lagSeconds) return `its source last answered ${silentSeconds} s ago, more than ${lagSeconds} s`;
  if (state.height === undefined) return 'nothing is written yet';
  const lag = toLag(state);
  if (!lag) return `block ${state.height} of ${state.head.height} is written, and nothing since the start`;
  if (lag.seconds > lagSeconds) {
    return `what is written lies ${lag.blocks} blocks and ${Math.floor(lag.seconds)} s behind the head, more than ${lagSeconds} s`;
  }
  const headSeconds = Math.floor((wallTime.getTime() - state.head.time.getTime()) / 1000);
  if (headSeconds > lagSeconds) return `its head has stood still for ${headSeconds} s, more than ${lagSeconds} s`;
  return undefined;
}
