import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EndpointScore } from '../source/endpoints/EndpointPool.js';
import type { Phase } from '../writer/Store.js';
import { type ChainState, toLag } from './chainState.js';
import type { SyncReport, SyncStage } from './SyncReport.js';

export interface Metrics {
  readonly registry: Registry;
  /** What only the report itself tells: additions and durations. */
  count(report: SyncReport): void;
}

/** The names are a promise to dashboards and alarms; docs/metrics.md lists them, and a test compares. */
export function createMetrics(options: {
  readonly listStates: () => readonly ChainState[];
  readonly wallTime: () => Date;
  /** Of the process itself, under the names every Node exporter uses. */
  readonly ofProcess: boolean;
}): Metrics {
  const registry = new Registry();
  if (options.ofProcess) collectDefaultMetrics({ register: registry });
  createGauges(registry, options);
  const counters = createCounters(registry);
  const stages = createStages(registry);
  const countEndpoints = createEndpointMetrics(registry);
  return {
    registry,
    count(report) {
      const chain = String(report.chainId);
      switch (report.kind) {
        case 'written':
          counters.events.inc({ chain }, report.events);
          counters.batches.inc({ chain });
          counters.quarantined.inc({ chain }, report.quarantined);
          break;
        case 'reorg':
          counters.reorgs.inc({ chain });
          counters.reorgDepth.observe({ chain }, report.from - report.height);
          break;
        case 'checked':
          counters.anomalies.inc({ chain }, report.found);
          break;
        case 'timing':
          stages[report.stage].observe({ chain }, report.seconds);
          break;
        case 'endpoints':
          countEndpoints(chain, report.scores);
          break;
      }
    },
  };
}

const ofChain = ['chain'] as const;
const ofEndpoint = ['chain', 'endpoint'] as const;

const phases: readonly Phase[] = ['waiting', 'standby', 'backfill', 'live', 'halted', 'complete'];

function createGauges(
  registry: Registry,
  { listStates, wallTime }: { readonly listStates: () => readonly ChainState[]; readonly wallTime: () => Date },
): void {
  for (const { name, help, toValue } of chainGauges) {
    new Gauge({
      name,
      help,
      labelNames: ofChain,
      registers: [registry],
      collect() {
        for (const state of listStates()) {
          const value = toValue(state, wallTime());
          if (value !== undefined) this.set({ chain: String(state.chainId) }, value);
        }
      },
    });
  }
  new Gauge({
    name: 'computescan_chain_phase',
    help: '1 for the phase the chain is in, 0 for the others.',
    labelNames: ['chain', 'phase'],
    registers: [registry],
    collect() {
      for (const state of listStates()) {
        for (const phase of phases) this.set({ chain: String(state.chainId), phase }, state.phase === phase ? 1 : 0);
      }
    },
  });
}

interface ChainGauge {
  readonly name: string;
  readonly help: string;
  /** Undefined: not known, and then no sample is better than a zero. */
  readonly toValue: (state: ChainState, wallTime: Date) => number | undefined;
}

const chainGauges: readonly ChainGauge[] = [
  {
    name: 'computescan_chain_height',
    help: 'Last block whose facts are written.',
    toValue: (state) => state.height,
  },
  {
    name: 'computescan_chain_head_height',
    help: 'Newest block the source named.',
    toValue: (state) => state.head?.height,
  },
  {
    name: 'computescan_chain_safe_height',
    help: 'Block the source calls safe.',
    toValue: (state) => state.safeHeight,
  },
  {
    name: 'computescan_chain_finalized_height',
    help: 'Block below which nothing can be replaced any more.',
    toValue: (state) => state.finalizedHeight,
  },
  {
    name: 'computescan_chain_lag_blocks',
    help: 'Blocks between the head and what is written.',
    toValue: (state) => toLag(state)?.blocks,
  },
  {
    name: 'computescan_chain_lag_seconds',
    help: 'Chain time between the head and what is written.',
    toValue: (state) => toLag(state)?.seconds,
  },
  {
    name: 'computescan_chain_head_age_seconds',
    help: 'Time since the head was made; grows where the source stands still.',
    toValue: (state, wallTime) => state.head && Math.max(0, (wallTime.getTime() - state.head.time.getTime()) / 1000),
  },
  {
    name: 'computescan_checked_height',
    help: 'Last block whose amounts were held against the rules.',
    toValue: (state) => state.checkedHeight,
  },
  {
    name: 'computescan_anomalies',
    help: 'Amounts that break a rule and logs that contradict what came before, as they stand.',
    toValue: (state) => state.anomalies,
  },
  {
    name: 'computescan_buffer_bytes',
    help: 'Answers that are fetched and wait to be written.',
    toValue: (state) => state.bufferBytes,
  },
];

function createCounters(registry: Registry) {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ofChain, registers: [registry] });
  return {
    events: counter('computescan_events_written_total', 'Events written.'),
    batches: counter('computescan_batches_written_total', 'Transactions that wrote a range of blocks.'),
    quarantined: counter(
      'computescan_quarantined_total',
      'Logs set aside because they could not be decoded or adapted.',
    ),
    anomalies: counter('computescan_anomalies_found_total', 'Amounts found to break a rule.'),
    reorgs: counter('computescan_reorgs_total', 'Times that written blocks were taken back.'),
    reorgDepth: new Histogram({
      name: 'computescan_reorg_depth_blocks',
      help: 'Blocks taken back at once.',
      labelNames: ofChain,
      buckets: [1, 2, 3, 5, 10, 20, 50, 100, 1_000],
      registers: [registry],
    }),
  };
}

function createStages(registry: Registry): Readonly<Record<SyncStage, Histogram<'chain'>>> {
  const histogram = (name: string, help: string) =>
    new Histogram({
      name,
      help,
      labelNames: ofChain,
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
  return {
    fetchWait: histogram('computescan_fetch_wait_seconds', 'Time the writer waited for the source, per batch.'),
    prepare: histogram('computescan_prepare_seconds', 'Time to turn a batch into rows.'),
    write: histogram('computescan_write_seconds', 'Time of the transaction that writes a batch.'),
  };
}

/** Counters of a score run from the start of the process, so what is added is the difference to the last one. */
function createEndpointMetrics(registry: Registry): (chain: string, scores: readonly EndpointScore[]) => void {
  const common = { labelNames: ofEndpoint, registers: [registry] };
  const counters = endpointCounters.map(({ name, help, toValue }) => ({
    counter: new Counter({ name, help, ...common }),
    counted: new Map<string, number>(),
    toValue,
  }));
  const gauges = endpointGauges.map(({ name, help, toValue }) => ({
    gauge: new Gauge({ name, help, ...common }),
    toValue,
  }));
  return (chain, scores) => {
    for (const score of scores) {
      const labels = { chain, endpoint: score.name };
      const key = `${chain} ${score.name}`;
      for (const { counter, counted, toValue } of counters) {
        counter.inc(labels, Math.max(0, toValue(score) - (counted.get(key) ?? 0)));
        counted.set(key, toValue(score));
      }
      for (const { gauge, toValue } of gauges) {
        const value = toValue(score);
        if (value === undefined) gauge.remove(labels);
        else gauge.set(labels, value);
      }
    }
  };
}

interface EndpointMetric<Value> {
  readonly name: string;
  readonly help: string;
  readonly toValue: (score: EndpointScore) => Value;
}

const endpointCounters: readonly EndpointMetric<number>[] = [
  { name: 'computescan_rpc_requests_total', help: 'HTTP requests sent.', toValue: (score) => score.requests },
  { name: 'computescan_rpc_calls_total', help: 'JSON-RPC calls in them.', toValue: (score) => score.calls },
  { name: 'computescan_rpc_bytes_total', help: 'Bytes of the answers.', toValue: (score) => score.bytes },
  { name: 'computescan_rpc_failures_total', help: 'Requests without an answer.', toValue: (score) => score.failures },
  { name: 'computescan_rpc_faults_total', help: 'Answers found wrong.', toValue: (score) => score.faults },
];

const endpointGauges: readonly EndpointMetric<number | undefined>[] = [
  {
    name: 'computescan_rpc_latency_seconds',
    help: 'Moving average of the time to an answer.',
    toValue: ({ latencyMs }) => (latencyMs === undefined ? undefined : latencyMs / 1000),
  },
  {
    name: 'computescan_rpc_rate_limit',
    help: 'Learned requests per second that the endpoint takes.',
    toValue: (score) => score.rateLimit,
  },
  {
    name: 'computescan_rpc_set_aside',
    help: '1 while the endpoint is not asked because its answers were wrong.',
    toValue: ({ state }) => (state === 'setAside' ? 1 : 0),
  },
  {
    name: 'computescan_rpc_head_height',
    help: 'Newest block this endpoint named.',
    toValue: (score) => score.headHeight,
  },
];
