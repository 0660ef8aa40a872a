import type { Network } from '../../schema/protocols/protocols.js';
import { createContracts } from '../decode/createContracts.js';
import { toFilter } from '../decode/toFilter.js';
import { createSeededRandom } from '../lib/createSeededRandom.js';
import type { Runtime } from '../lib/runtime.js';
import type { ChainSource, FetchedRange } from '../source/ChainSource.js';
import { createChainSource } from '../source/createChainSource.js';
import type { EndpointPool } from '../source/endpoints/EndpointPool.js';
import { getChainRules, type VerificationPolicy } from '../source/verification/chainRules.js';
import { toPolicy } from '../source/verification/toPolicy.js';
import type { Plan } from './Plan.js';
import { predictRequests, type ReadCosts, type UnitCosts } from './predictRequests.js';
import { type SampleAnswer, sampleChain } from './sampleChain.js';
import { estimate, type Sample, type Stratum } from './strata.js';
import { tryWriter, type WriterCosts } from './tryWriter.js';

export interface PlanOptions {
  readonly databaseUrl: string;
  readonly chainId: number;
  readonly networks: readonly Network[];
  readonly endpoints: EndpointPool;
  /** As the sync would be told; absent: the chain's own. */
  readonly verify?: VerificationPolicy | undefined;
  readonly maxRangeBlocks: number;
  /** Ranges to ask for. */
  readonly samples: number;
  readonly seed: number;
  readonly runtime: Runtime;
}

/** Logs that the writer is tried on, at most. */
const MAX_TRIED = 20_000;
/** Where what is verified is measured. */
const PROBES = 4;

/** Samples a chain at its endpoints and reckons what a sync of all of it takes. Writes nothing that stays. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { chainId, networks, endpoints, runtime } = options;
  const source = createChainSource({ pool: endpoints, chainId, policy: { backfill: 'off' } });
  const head = await source.getHead();
  const from = toStartHeight(networks);
  const to = Math.max(from, head.height);
  const kept: FetchedRange[] = [];
  const sampled = await sampleChain({
    ...{ from, to, maxBlocks: options.maxRangeBlocks, budget: options.samples },
    random: createSeededRandom(options.seed),
    ask: (low, high) => ask(source, { ...options, low, high, kept }),
  });
  const writer = await tryWriter({ ...options, source, ranges: toTried(kept) });
  const costs = await measureCosts(sampled.strata, { ...options, reads: writer?.reads ?? noReads }, { from, to });
  const estimated = estimate(sampled.strata);
  const predicted = predictRequests(sampled.strata, { maxBlocks: sampled.maxBlocks, costs: costs.units });
  const asked = sum(endpoints.listScores().map(({ requests }) => requests));
  return {
    ...{ chainId, networks: networks.map(({ definition }) => definition.id), madeAt: runtime.wallTime(), from, to },
    policy: costs.units.policy,
    maxRangeBlocks: sampled.maxBlocks,
    expected: {
      events: Math.round(estimated.logs),
      requests: predicted.requests,
      bytes: predicted.bytes,
      seconds: toSeconds({ predicted, costs, writer, events: estimated.logs }),
      diskBytes: Math.round(estimated.logs * (writer?.diskBytesPerEvent ?? 0)),
    },
    eventsMargin: Math.round(estimated.margin),
    seenShare: estimated.seenShare,
    sampled: {
      requests: asked,
      bytes: sum(endpoints.listScores().map(({ bytes }) => bytes)),
      logs: sum(kept.map(({ logs }) => logs.length)),
    },
  };
}

const noReads: ReadCosts = { callsPerEvent: 0, bytesPerEvent: 0, waves: 0 };

function toStartHeight(networks: readonly Network[]): number {
  return Math.min(...networks.flatMap(({ definition }) => definition.contracts.map(({ startBlock }) => startBlock)));
}

async function ask(
  source: ChainSource,
  options: Pick<PlanOptions, 'networks' | 'runtime'> & {
    readonly low: number;
    readonly high: number;
    readonly kept: FetchedRange[];
  },
): Promise<SampleAnswer> {
  const { networks, runtime, low, high, kept } = options;
  const begun = runtime.now();
  const filter = toFilter(createContracts(networks), networks);
  const answer = await source.fetchRange({ from: low, to: high, filter });
  const seconds = (runtime.now() - begun) / 1000;
  if (answer.kind === 'tooLarge') {
    return {
      kind: 'tooLarge',
      suggestedBlocks: answer.suggestedTo === undefined ? undefined : Math.max(1, answer.suggestedTo - low + 1),
    };
  }
  kept.push(answer);
  return toSample(answer, seconds);
}

function toSample(answer: FetchedRange, seconds: number): Sample {
  const { from, to, logs, bytes, times } = answer;
  const logBlocks = new Set(logs.map(({ height }) => height)).size;
  return { ...{ from, to, bytes, seconds, logBlocks }, logs: logs.length, hasTimes: times.size > 0 };
}

/** Dense samples first come first: those are what the writer will spend its time on. */
function toTried(ranges: readonly FetchedRange[]): readonly FetchedRange[] {
  const tried: FetchedRange[] = [];
  let logs = 0;
  for (const range of ranges.toSorted((one, other) => other.logs.length - one.logs.length)) {
    if (logs >= MAX_TRIED) break;
    tried.push(range);
    logs += range.logs.length;
  }
  return tried.sort((one, other) => one.from - other.from);
}

interface Costs {
  readonly units: UnitCosts;
  /** Of the smallest answers: what a request takes before its bytes count. */
  readonly secondsPerRequest: number;
  /** Of what comes and is read, one after the other. */
  readonly secondsPerByte: number;
}

async function measureCosts(
  strata: readonly Stratum[],
  options: PlanOptions & { readonly reads: ReadCosts },
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Costs> {
  const samples = strata.flatMap((stratum) => stratum.samples);
  const headerBytes = await measureHeader(options.endpoints, strata);
  const policy = toPolicy({
    rules: getChainRules(options.chainId),
    height: Math.floor((from + to) / 2),
    nearHead: false,
    configured: options.verify,
  }).policy;
  const logs = sum(samples.map((sample) => sample.logs));
  const hasTimes = samples.some((sample) => sample.hasTimes);
  const headers = sum(samples.map((sample) => (hasTimes ? 2 : toPlainHeaders(sample))));
  const logBytes = logs > 0 ? Math.max(0, sum(samples.map(({ bytes }) => bytes)) - headers * headerBytes) / logs : 0;
  const plain: UnitCosts = { policy, logBytes, headerBytes, receiptsBytes: 0, hasTimes, reads: options.reads };
  const probes = policy === 'off' ? [] : await probe(strata, options, policy);
  const fits = probes.length > 0 ? probes : samples;
  return {
    units: { ...plain, receiptsBytes: toReceiptsBytes(probes, plain) },
    ...toPace(fits),
  };
}

/** Headers in an answer that is not verified: of both ends and of every block with logs. */
function toPlainHeaders({ from, to, logBlocks }: Sample): number {
  return Math.min(to - from + 1, logBlocks + 2);
}

async function measureHeader(endpoints: EndpointPool, strata: readonly Stratum[]): Promise<number> {
  const calls = strata.map(({ from, to }) => ({
    method: 'eth_getBlockByNumber',
    params: [`0x${Math.floor((from + to) / 2).toString(16)}`, false],
  }));
  const reply = await endpoints.request(calls.slice(0, 100), { purpose: 'sync' });
  return reply.bytes / Math.min(calls.length, 100);
}

/** The samples with most logs once more, as the sync would ask for them. */
async function probe(
  strata: readonly Stratum[],
  options: PlanOptions,
  policy: VerificationPolicy,
): Promise<readonly Sample[]> {
  const { chainId, endpoints, networks, runtime } = options;
  const source = createChainSource({ pool: endpoints, chainId, policy: { backfill: policy } });
  const samples = strata.flatMap((stratum) => stratum.samples).toSorted((one, other) => other.logs - one.logs);
  const probes: Sample[] = [];
  for (const { from, to } of samples.slice(0, PROBES)) {
    const answer = await ask(source, { networks, runtime, low: from, high: Math.min(to, from + 99), kept: [] });
    if (!('kind' in answer)) probes.push(answer);
  }
  return probes;
}

function toReceiptsBytes(probes: readonly Sample[], { policy, logBytes, headerBytes }: UnitCosts): number {
  const logBlocks = sum(probes.map((sample) => sample.logBlocks));
  if (policy !== 'exact' || logBlocks === 0) return 0;
  const known = sum(probes.map((sample) => sample.logs * logBytes + (sample.to - sample.from + 1) * headerBytes));
  return Math.max(0, sum(probes.map(({ bytes }) => bytes)) - known) / logBlocks;
}

/** A line through the samples' times by their bytes; the first ones pay for connections, so the fastest third counts. */
function toPace(samples: readonly Sample[]): Pick<Costs, 'secondsPerRequest' | 'secondsPerByte'> {
  const small = samples.toSorted((one, other) => one.seconds - other.seconds).slice(0, Math.ceil(samples.length / 3));
  const secondsPerRequest = sum(small.map(({ seconds }) => seconds)) / Math.max(1, small.length);
  const bytes = sum(samples.map((sample) => sample.bytes));
  const beyond = sum(samples.map(({ seconds }) => Math.max(0, seconds - secondsPerRequest)));
  return { secondsPerRequest, secondsPerByte: bytes > 0 ? beyond / bytes : 0 };
}

/** Ranges that the sync has on their way at once while the writer waits. */
const CONCURRENCY = 16;

/** What is fetched and prepared here is written meanwhile in the database, so the slower of the two decides most. */
function toSeconds(options: {
  readonly predicted: { readonly requests: number; readonly bytes: number };
  readonly costs: Costs;
  readonly writer: WriterCosts | undefined;
  readonly events: number;
}): number {
  const { predicted, costs, writer, events } = options;
  const waiting = (predicted.requests * costs.secondsPerRequest) / CONCURRENCY;
  const here = predicted.bytes * costs.secondsPerByte + events * (writer?.prepareSecondsPerEvent ?? 0);
  const there = events * (writer?.writeSecondsPerEvent ?? 0);
  // They go on side by side, but share processors and disk.
  const end = events * (writer?.endSecondsPerEvent ?? 0);
  return Math.max(waiting + here, there) + Math.min(waiting + here, there) / 4 + end;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
