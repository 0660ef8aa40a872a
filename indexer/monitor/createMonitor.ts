import type { Runtime } from '../lib/runtime.js';
import { type ChainState, createChainState, foldReport } from './chainState.js';
import { createMetrics } from './createMetrics.js';
import type { SyncReport } from './SyncReport.js';
import { type Readiness, toReadiness } from './toReadiness.js';

/** Watches the syncs of a process by what they report; the only reader of the clock here. */
export interface Monitor {
  /** Takes reports of the chains it was made for; others are none of its business. */
  report(report: SyncReport): void;
  listStates(): readonly ChainState[];
  toReadiness(): Readiness;
  /** In Prometheus' text format. */
  renderMetrics(): Promise<string>;
  readonly contentType: string;
}

export function createMonitor(options: {
  readonly chains: readonly { readonly chainId: number; readonly name: string }[];
  readonly runtime: Pick<Runtime, 'now' | 'wallTime'>;
  /** Beyond it a chain is not ready. */
  readonly readyLagSeconds: number;
  readonly ofProcess?: boolean;
}): Monitor {
  const { runtime, readyLagSeconds } = options;
  const states = new Map(options.chains.map((chain) => [chain.chainId, createChainState(chain)]));
  const listStates = () => [...states.values()];
  const metrics = createMetrics({ listStates, wallTime: runtime.wallTime, ofProcess: options.ofProcess ?? true });
  return {
    report(report) {
      const state = states.get(report.chainId);
      if (!state) return;
      states.set(report.chainId, foldReport(state, report, runtime.now()));
      metrics.count(report);
    },
    listStates,
    toReadiness: () =>
      toReadiness(listStates(), { nowMs: runtime.now(), wallTime: runtime.wallTime(), lagSeconds: readyLagSeconds }),
    renderMetrics: () => metrics.registry.metrics(),
    contentType: metrics.registry.contentType,
  };
}
