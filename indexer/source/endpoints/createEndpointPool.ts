import { setMaxListeners } from 'node:events';
import { assert } from '../../../schema/lib/assert.js';
import { RetryableError, toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import { createTransport as createTransportOfUrl } from '../rpc/createTransport.js';
import type { RpcCall, Transport } from '../rpc/Transport.js';
import { TransportError } from '../rpc/TransportError.js';
import { createAlarms } from './createAlarms.js';
import { createAssigner, type Wish } from './createAssigner.js';
import { createChainCheck } from './createChainCheck.js';
import { Endpoint } from './Endpoint.js';
import type { EndpointDefinition, EndpointPool, PoolReply, PoolRequest } from './EndpointPool.js';
import { explainNone } from './explainNone.js';
import { nameEndpoints } from './nameEndpoints.js';
import { sendCalls } from './sendCalls.js';
import { watchHeads } from './watchHeads.js';

export interface EndpointPoolOptions {
  readonly chainId: number;
  readonly endpoints: readonly EndpointDefinition[];
  readonly runtime: Runtime;
  readonly createTransport?: ((url: string) => Transport) | undefined;
  readonly log?: Log | undefined;
  /** Most calls of one HTTP batch. */
  readonly maxBatch?: number | undefined;
  /** Most requests under way at one endpoint. */
  readonly maxConcurrency?: number | undefined;
}

/**
 * Endpoints of one chain that stand in for each other. All waiting is done by `runtime`, so that the same seed leads to
 * the same requests.
 */
export function createEndpointPool(options: EndpointPoolOptions): EndpointPool {
  const { chainId, runtime, log, createTransport = createTransportOfUrl } = options;
  const { maxBatch = 100, maxConcurrency = 64 } = options;
  const names = nameEndpoints(options.endpoints.map(({ url }) => url));
  const sole = options.endpoints.length === 1;
  const endpoints = options.endpoints.map((definition, index) => {
    const [name, transport] = [names[index] ?? '', createTransport(definition.url)];
    return new Endpoint({ definition, name, transport, runtime, maxBatch, maxConcurrency, sole });
  });
  const alarms = createAlarms(runtime);
  const refuse = (wish: Wish) => explainNone(endpoints, wish, chainId);
  const assigner = createAssigner({ endpoints, alarms, random: () => runtime.random(), refuse });
  const checkChain = createChainCheck({ chainId, runtime, setAside });
  const closing = new AbortController();
  let hedges = FIRST_HEDGES;

  return {
    request,
    setAside: (name, fault) => setAside(getEndpoint(name), fault),
    noteFault(name, fault) {
      getEndpoint(name).noteFault(fault);
      log?.info({ chainId, endpoint: name, ...fault }, 'endpoint is odd');
    },
    listUsable: (purpose) => assigner.listUsable(purpose).map(({ name }) => name),
    listScores: () => endpoints.map((endpoint) => endpoint.toScore()),
    subscribeHeads: (onHead) =>
      watchHeads({ endpoints, runtime, checkChain, onHead, signal: closing.signal, ...(log ? { log } : {}) }),
    async close() {
      closing.abort();
      assigner.close();
      alarms.close();
      await Promise.all(endpoints.map(({ transport }) => transport.close()));
    },
  };

  /** One attempt after the other, each at the endpoint that failed least. */
  async function request(calls: readonly RpcCall[], asked: PoolRequest): Promise<PoolReply> {
    assert(calls.length > 0, 'a request holds at least one call');
    if (asked.only !== undefined) getEndpoint(asked.only);
    // Any number of requests may hang on one signal.
    if (asked.signal) setMaxListeners(0, asked.signal);
    hedges = Math.min(MOST_HEDGES, hedges + HEDGE_SHARE);
    const failures = new Map<Endpoint, number>();
    const errors: Failure[] = [];
    const wish: Wish = { ...asked, failures };
    for (;;) {
      const endpoint = await assigner.assign(wish).catch((thrown: unknown) => {
        throw errors.length > 0 && !asked.signal?.aborted ? toOutage(errors, thrown) : thrown;
      });
      const outcomes = await attempt(endpoint, calls, wish, asked);
      const answered = outcomes.find((outcome) => 'reply' in outcome);
      if (answered) {
        // What another one answered in reasonable length was no matter of size.
        for (const { endpoint: endless, error } of errors.filter(isTooLarge))
          setAside(endless, { reason: 'endless', detail: toMessage(error) });
        return answered.reply;
      }
      for (const outcome of outcomes.filter((each) => 'error' in each)) {
        if (isFinal(outcome.error, asked.signal)) throw outcome.error;
        failures.set(outcome.endpoint, (failures.get(outcome.endpoint) ?? 0) + toWeight(outcome.error, calls));
        errors.push(outcome);
      }
    }
  }

  /**
   * By the endpoint, and by a second one besides when the answer is long in coming: the first good answer wins. Only so
   * many requests in ten may be doubled, or a slow hour of all endpoints would double their load.
   */
  async function attempt(
    endpoint: Endpoint,
    calls: readonly RpcCall[],
    wish: Wish,
    asked: PoolRequest,
  ): Promise<readonly Outcome[]> {
    const first = start(endpoint, calls, wish, asked);
    if (asked.only !== undefined || endpoints.length === 1) return [await first.outcome];
    const early = await orLate(first.outcome, toPatienceMs(endpoint, calls));
    if (early !== 'late') return [early];
    const others = { ...wish, failures: new Map([...wish.failures, [endpoint, 1]]) };
    const other = hedges >= 1 ? assigner.tryAssign(others) : undefined;
    if (!other) return [await first.outcome];
    hedges -= 1;
    const second = start(other, calls, wish, asked);
    const winner = await Promise.race([first.outcome, second.outcome]);
    const loser = winner.endpoint === endpoint ? second : first;
    if ('reply' in winner) {
      loser.giveUp();
      return [winner];
    }
    return [winner, await loser.outcome];
  }

  function orLate<T>(outcome: Promise<T>, ms: number): Promise<T | 'late'> {
    return new Promise((resolve) => {
      const cancel = alarms.set(ms, () => resolve('late'));
      void outcome.then(resolve).finally(cancel);
    });
  }

  function start(endpoint: Endpoint, calls: readonly RpcCall[], wish: Wish, asked: PoolRequest): Run {
    const controller = new AbortController();
    const giveUp = () => controller.abort();
    asked.signal?.addEventListener('abort', giveUp, { once: true });
    if (asked.signal?.aborted) giveUp();
    const outcome = run(endpoint, calls, { ...asked, signal: controller.signal }, wish)
      .then(
        (reply): Outcome => ({ endpoint, reply }),
        (error: unknown): Outcome => ({ endpoint, error }),
      )
      .finally(() => asked.signal?.removeEventListener('abort', giveUp));
    return { outcome, giveUp };
  }

  /** The first request's turn was given already; every further one waits for its own. */
  async function run(
    endpoint: Endpoint,
    calls: readonly RpcCall[],
    asked: PoolRequest & { readonly signal: AbortSignal },
    wish: Wish,
  ): Promise<PoolReply> {
    let given = true;
    const giveTurn = () => assigner.release(endpoint);
    try {
      await checkChain(endpoint, asked.signal);
      return await sendCalls(endpoint, calls, {
        runtime,
        alarms,
        deadlineMs: asked.deadlineMs ?? (calls.some(isHeavy) ? HEAVY_DEADLINE_MS : DEADLINE_MS),
        maxBytes: asked.maxBytes ?? MAX_BYTES,
        signal: asked.signal,
        async takeTurn(signal) {
          if (!given)
            await assigner.assign({ purpose: wish.purpose, only: endpoint.name, failures: new Map(), signal });
          given = false;
        },
        giveTurn,
      });
    } finally {
      if (given) giveTurn();
    }
  }

  function setAside(endpoint: Endpoint, fault: { readonly reason: string; readonly detail: string }): void {
    endpoint.setAside(fault);
    log?.warn({ chainId, endpoint: endpoint.name, ...fault }, 'endpoint set aside');
  }

  function getEndpoint(name: string): Endpoint {
    const endpoint = endpoints.find((candidate) => candidate.name === name);
    assert(endpoint, `${name} is an endpoint of chain ${chainId}`);
    return endpoint;
  }
}

interface Run {
  readonly outcome: Promise<Outcome>;
  giveUp(): void;
}

type Outcome = { readonly endpoint: Endpoint; readonly reply: PoolReply } | Failure;

interface Failure {
  readonly endpoint: Endpoint;
  readonly error: unknown;
}

const DEADLINE_MS = 10_000;
const HEAVY_DEADLINE_MS = 30_000;
const MAX_BYTES = 67_108_864;
const FIRST_HEDGES = 5;
const MOST_HEDGES = 10;
const HEDGE_SHARE = 0.1;
const LEAST_PATIENCE_MS = 1_000;
/** For an answer of which nothing is known yet. */
const HEAVY_PATIENCE_MS = 5_000;
const PATIENCE_FACTOR = 4;

function isHeavy({ method }: RpcCall): boolean {
  return method === 'eth_getLogs';
}

function toPatienceMs(endpoint: Endpoint, calls: readonly RpcCall[]): number {
  const typicalMs = endpoint.findTypicalMs(calls);
  if (typicalMs === undefined) return calls.some(isHeavy) ? HEAVY_PATIENCE_MS : LEAST_PATIENCE_MS;
  return Math.max(LEAST_PATIENCE_MS, PATIENCE_FACTOR * typicalMs);
}

/**
 * A limit of rate is no failure to answer: it is borne longer. Logs that took too long once, or were too many, will be so
 * again at the same endpoint: the range is to be made smaller.
 */
function toWeight(error: unknown, calls: readonly RpcCall[]): number {
  const fault = error instanceof TransportError ? error.fault : undefined;
  if (fault === 'rateLimited') return 0.25;
  return fault === 'tooLarge' || (fault === 'timeout' && calls.some(isHeavy)) ? Number.POSITIVE_INFINITY : 1;
}

/** No other endpoint does better with what is given up, or a bug. */
function isFinal(error: unknown, signal: AbortSignal | undefined): boolean {
  return !(error instanceof RetryableError) || signal?.aborted === true;
}

function isTooLarge({ error }: Failure): boolean {
  return error instanceof TransportError && error.fault === 'tooLarge';
}

/** Of one kind where all failures were: a range that every endpoint takes too long over may be too large. */
function toOutage(failures: readonly Failure[], thrown: unknown): unknown {
  if (!(thrown instanceof RetryableError)) return thrown;
  const texts = new Set(failures.map(({ error }) => (error instanceof Error ? error.message : String(error))));
  const message = `No endpoint answered. ${[...texts].slice(-MAX_TEXTS).join(' ')}`;
  const faults = new Set(failures.map(({ error }) => (error instanceof TransportError ? error.fault : undefined)));
  const [fault] = faults;
  return faults.size === 1 && fault ? new TransportError(fault, message) : new RetryableError(message);
}

const MAX_TEXTS = 4;
