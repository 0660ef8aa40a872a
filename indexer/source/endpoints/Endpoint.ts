import type { Runtime } from '../../lib/runtime.js';
import type { RpcAnswer, RpcCall, Transport } from '../rpc/Transport.js';
import type { TransportError } from '../rpc/TransportError.js';
import { Concurrency } from './Concurrency.js';
import type { EndpointDefinition, EndpointFault, EndpointScore } from './EndpointPool.js';
import { findHeadHeight } from './findHeadHeight.js';
import { MovingAverage } from './MovingAverage.js';
import { RateLimit } from './RateLimit.js';

export interface EndpointOptions {
  readonly definition: EndpointDefinition;
  readonly name: string;
  readonly transport: Transport;
  readonly runtime: Runtime;
  readonly maxBatch: number;
  readonly maxConcurrency: number;
  /** There is no other: a short time out is all that can be afforded. */
  readonly sole: boolean;
}

/** What a request to an endpoint was, by which its time is judged. */
export interface Load {
  readonly calls: readonly RpcCall[];
  /** By `runtime.now`. */
  readonly startedAt: number;
}

/** One endpoint and all that was learned of it. It sends nothing by itself. */
export class Endpoint {
  readonly name: string;
  readonly role: EndpointScore['role'];
  readonly transport: Transport;
  /** Most calls of one batch; learned down where batches are refused. */
  maxBatch: number;
  /** When its chain id is to be asked for, by `runtime.now`. */
  chainDueAt = Number.NEGATIVE_INFINITY;
  /** The chain that it last said it is. */
  servedChain: number | undefined;
  /** It has been the chain that is wanted, if only once. */
  hasServedRightly = false;
  lastFailure: string | undefined;

  readonly #runtime: Runtime;
  readonly #sole: boolean;
  readonly #concurrency: Concurrency;
  readonly #rate = new RateLimit();
  readonly #latency = new MovingAverage();
  readonly #latencyByKind = new Map<string, MovingAverage>();
  readonly #failureShare = new MovingAverage();
  #failuresInRow = 0;
  #restImposedAt = Number.NEGATIVE_INFINITY;
  #restUntil = Number.NEGATIVE_INFINITY;
  #setAsideUntil = Number.NEGATIVE_INFINITY;
  #timesSetAside = 0;
  #requests = 0;
  #calls = 0;
  #bytes = 0;
  #failures = 0;
  #faults = 0;
  #lastFault: EndpointScore['lastFault'];
  #headHeight: number | undefined;

  constructor(options: EndpointOptions) {
    this.name = options.name;
    this.role = options.definition.role ?? 'any';
    this.transport = options.transport;
    this.maxBatch = options.maxBatch;
    this.#runtime = options.runtime;
    this.#sole = options.sole;
    this.#concurrency = new Concurrency(options.maxConcurrency);
  }

  get state(): EndpointScore['state'] {
    const now = this.#runtime.now();
    if (this.#setAsideUntil > now) return 'setAside';
    return this.#restUntil > now ? 'resting' : 'usable';
  }

  /** Milliseconds until it may be asked: 0 is now; infinite: when a request to it ends. */
  get readyInMs(): number {
    const now = this.#runtime.now();
    const awayMs = Math.max(0, this.#setAsideUntil - now, this.restMs, this.#rate.waitMs(now));
    return awayMs === 0 && this.#concurrency.isFull ? Number.POSITIVE_INFINITY : awayMs;
  }

  /** Milliseconds that it is left alone for, because it failed. */
  get restMs(): number {
    return Math.max(0, this.#restUntil - this.#runtime.now());
  }

  /** Of an answer, in milliseconds, with what is under way and what fails reckoned in; the lower the better. */
  get expectedMs(): number {
    const load = this.#concurrency.inFlight / this.#concurrency.limit;
    return (this.#latency.value ?? 0) * (1 + load) * (1 + FAILURE_WEIGHT * (this.#failureShare.value ?? 0));
  }

  /** How long a request of this kind takes, in milliseconds; undefined before the first. */
  findTypicalMs(calls: readonly RpcCall[]): number | undefined {
    return this.#latencyByKind.get(toKind(calls))?.value;
  }

  begin(): void {
    this.#concurrency.begin();
  }

  end(): void {
    this.#concurrency.end();
  }

  noteSent(calls: number): void {
    this.#requests += 1;
    this.#calls += calls;
    this.#rate.take(calls, this.#runtime.now());
  }

  noteAnswered(load: Load, reply: { readonly answers: readonly RpcAnswer[]; readonly bytes: number }): void {
    this.#noteTime(load, reply.bytes);
    this.#bytes += reply.bytes;
    this.#failuresInRow = 0;
    this.#failureShare.add(0);
    this.#rate.accept(this.#runtime.now());
    this.#concurrency.grow();
    this.#headHeight = findHeadHeight(load.calls, reply.answers) ?? this.#headHeight;
  }

  /** Another one was faster: the time so far is the least that this one would have taken. */
  noteOvertaken(load: Load): void {
    const elapsedMs = this.#runtime.now() - load.startedAt;
    if (elapsedMs > (this.findTypicalMs(load.calls) ?? 0)) this.#noteTime(load, 0);
  }

  /** What is too large or was given up says nothing against the endpoint. */
  noteFailure(load: Load, error: TransportError): void {
    if (error.fault === 'aborted' || error.fault === 'tooLarge') return;
    this.#failures += 1;
    this.#failureShare.add(1);
    this.lastFailure = error.message;
    if (error.fault === 'timeout') this.#noteTime(load, 0);
    this.#rest(load.startedAt, error);
  }

  /** It asks for less within an answer that is otherwise good. */
  noteRateLimited(startedAt: number, message: string): void {
    this.#failures += 1;
    this.lastFailure = message;
    this.#rest(startedAt, { fault: 'rateLimited' });
  }

  noteHead(height: number): void {
    this.#headHeight = height;
  }

  noteFault(fault: EndpointFault): void {
    this.#faults += 1;
    this.#lastFault = { ...fault, at: this.#runtime.wallTime() };
  }

  /** For minutes, longer each time; after it the chain id is asked for anew. */
  setAside(fault: EndpointFault): void {
    this.noteFault(fault);
    // Requests that were under way find the same fault together; that is one.
    if (this.state === 'setAside') return;
    const steps = this.#sole ? SOLE_SET_ASIDE_MS : SET_ASIDE_MS;
    const ms = steps[Math.min(this.#timesSetAside, steps.length - 1)] ?? 0;
    this.#timesSetAside += 1;
    this.#setAsideUntil = this.#runtime.now() + ms;
    this.chainDueAt = Number.NEGATIVE_INFINITY;
  }

  /** Failures of requests that were sent before the rest was imposed belong to it. */
  #rest(startedAt: number, error: Pick<TransportError, 'fault' | 'retryAfterMs'>): void {
    const now = this.#runtime.now();
    const limited = error.fault === 'rateLimited';
    const askedMs = limited ? Math.min(error.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) : 0;
    if (startedAt <= this.#restImposedAt) {
      if (askedMs > 0) this.#restUntil = Math.max(this.#restUntil, now + askedMs);
      return;
    }
    this.#restImposedAt = now;
    this.#failuresInRow += 1;
    if (limited) this.#rate.refuse(now);
    if (limited || error.fault === 'timeout') this.#concurrency.shrink();
    const backoffMs = Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** (this.#failuresInRow - 1));
    this.#restUntil = now + (askedMs > 0 ? askedMs : backoffMs * (1 - this.#runtime.random() / 2));
  }

  /** Large answers count by their size, so that who is asked for them does not seem slow. */
  #noteTime(load: Load, bytes: number): void {
    const elapsedMs = this.#runtime.now() - load.startedAt;
    const kind = toKind(load.calls);
    const byKind = this.#latencyByKind.get(kind) ?? new MovingAverage();
    byKind.add(elapsedMs);
    this.#latencyByKind.set(kind, byKind);
    this.#latency.add(elapsedMs / (1 + bytes / BYTES_OF_ONE + (load.calls.length - 1) / CALLS_OF_ONE));
  }

  toScore(): EndpointScore {
    const left = this.#setAsideUntil - this.#runtime.now();
    return {
      name: this.name,
      role: this.role,
      state: this.state,
      requests: this.#requests,
      calls: this.#calls,
      bytes: this.#bytes,
      failures: this.#failures,
      faults: this.#faults,
      lastFailure: this.lastFailure,
      lastFault: this.#lastFault,
      latencyMs: this.#latency.value,
      rateLimit: this.#rate.perSecond,
      headHeight: this.#headHeight,
      setAsideUntil: left > 0 ? new Date(this.#runtime.wallTime().getTime() + left) : undefined,
    };
  }
}

function toKind(calls: readonly RpcCall[]): string {
  const method = calls[0]?.method ?? '';
  return calls.length === 1 ? method : `${method}*`;
}

const FAILURE_WEIGHT = 4;
/** An answer of this size, or a batch of this many calls, may take twice as long as the smallest. */
const BYTES_OF_ONE = 102_400;
const CALLS_OF_ONE = 20;
const FIRST_REST_MS = 250;
const MAX_REST_MS = 30_000;
const MAX_RETRY_AFTER_MS = 300_000;
const MINUTE_MS = 60_000;
const SET_ASIDE_MS = [5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 360 * MINUTE_MS] as const;
const SOLE_SET_ASIDE_MS = [MINUTE_MS / 6, MINUTE_MS / 2, MINUTE_MS, 5 * MINUTE_MS] as const;
