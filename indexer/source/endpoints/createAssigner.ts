import { TransportError } from '../rpc/TransportError.js';
import { chooseEndpoint } from './chooseEndpoint.js';
import type { Alarms } from './createAlarms.js';
import type { Endpoint } from './Endpoint.js';

/** Gives out the right to send one request to an endpoint, in the order in which it was asked for. */
export interface Assigner {
  /** Waits for an endpoint that may be asked; throws what `refuse` makes when none will be before long. */
  assign(wish: Wish): Promise<Endpoint>;
  /** Only what is ready now and has not failed. */
  tryAssign(wish: Wish): Endpoint | undefined;
  /** Once for each endpoint that was given. */
  release(endpoint: Endpoint): void;
  /** Endpoints that a request would be sent to or wait for, best first. */
  listUsable(purpose: Wish['purpose']): readonly Endpoint[];
  /** Whoever waits, or comes later, is refused. */
  close(): void;
}

export interface Wish {
  readonly purpose: 'sync' | 'head';
  readonly only?: string | undefined;
  readonly avoid?: ReadonlySet<string> | undefined;
  /** How often each has failed at this very request. */
  readonly failures: ReadonlyMap<Endpoint, number>;
  readonly signal?: AbortSignal | undefined;
}

export function createAssigner(options: {
  readonly endpoints: readonly Endpoint[];
  readonly alarms: Alarms;
  readonly random: () => number;
  readonly refuse: (wish: Wish) => Error;
}): Assigner {
  const { endpoints, alarms, random, refuse } = options;
  const queue = new Set<Waiting>();
  let closed = false;
  let cancelWake = () => undefined as unknown;

  return {
    assign(wish) {
      if (closed) return Promise.reject(new TransportError('aborted', CLOSED));
      const endpoint = queue.size === 0 ? take(listCandidates(wish)) : undefined;
      return endpoint ? Promise.resolve(endpoint) : wait(wish);
    },
    tryAssign(wish) {
      return take(listCandidates(wish).filter((endpoint) => isFresh(endpoint, wish)));
    },
    release(endpoint) {
      endpoint.end();
      pump();
    },
    close() {
      closed = true;
      cancelWake();
      for (const waiting of queue) waiting.reject(new TransportError('aborted', CLOSED));
    },
    listUsable(purpose) {
      const wish = { purpose, failures: new Map() };
      const [primary, fallback] = listByTier(wish).map((tier) => [...tier].sort((one, other) => order(one, other)));
      return [...(primary ?? []), ...(fallback ?? [])].filter((endpoint) => endpoint.restMs <= PATIENCE_MS);
    },
  };

  function wait(wish: Wish): Promise<Endpoint> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        queue.delete(waiting);
        reject(new TransportError('aborted', 'Gave up a request that waited for an endpoint.'));
      };
      const settle = (done: () => void) => {
        queue.delete(waiting);
        wish.signal?.removeEventListener('abort', onAbort);
        done();
      };
      const waiting: Waiting = {
        wish,
        resolve: (endpoint) => settle(() => resolve(endpoint)),
        reject: (error) => settle(() => reject(error)),
      };
      queue.add(waiting);
      if (wish.signal?.aborted) return onAbort();
      wish.signal?.addEventListener('abort', onAbort, { once: true });
      pump();
    });
  }

  /** Serves who can be served. For the rest, the soonest time at which that may change is waited for. */
  function pump(): void {
    let soonestMs = Number.POSITIVE_INFINITY;
    // Serving one makes nobody else's endpoint ready: who wishes for the same as one that must wait, waits too.
    const mustWait = new Set<string>();
    for (const waiting of queue) {
      const key = toKey(waiting.wish);
      if (key !== undefined && mustWait.has(key)) continue;
      const candidates = listCandidates(waiting.wish);
      if (!candidates.some((endpoint) => endpoint.restMs <= PATIENCE_MS)) {
        waiting.reject(refuse(waiting.wish));
        continue;
      }
      const endpoint = take(candidates);
      if (endpoint) waiting.resolve(endpoint);
      else {
        soonestMs = Math.min(soonestMs, ...candidates.map(({ readyInMs }) => readyInMs));
        if (key !== undefined) mustWait.add(key);
      }
    }
    cancelWake();
    if (Number.isFinite(soonestMs)) cancelWake = alarms.set(soonestMs, pump);
  }

  function take(candidates: readonly Endpoint[]): Endpoint | undefined {
    const ready = candidates.filter(({ readyInMs }) => readyInMs === 0);
    const endpoint = chooseEndpoint(ready, random);
    endpoint?.begin();
    return endpoint;
  }

  /** Those that have not failed come first, then the fallbacks, then whoever may do better at another attempt. */
  function listCandidates(wish: Wish): readonly Endpoint[] {
    const [primary = [], fallback = []] = listByTier(wish);
    const tiers = [primary, fallback].map((tier) => tier.filter((endpoint) => isFresh(endpoint, wish)));
    return tiers.find((tier) => tier.length > 0) ?? [...primary, ...fallback];
  }

  /** Primary and fallback. Where no endpoint has the role that is wanted, any will do. */
  function listByTier({ purpose, only, avoid, failures }: Wish): readonly (readonly Endpoint[])[] {
    const allowed = endpoints.filter(
      (endpoint) =>
        endpoint.state !== 'setAside' &&
        (only === undefined || endpoint.name === only) &&
        !avoid?.has(endpoint.name) &&
        (failures.get(endpoint) ?? 0) < MAX_TRIES,
    );
    if (only !== undefined) return [allowed, []];
    const serves = ({ role }: Endpoint) => role === 'any' || role === purpose;
    const isPrimary = endpoints.some(serves) ? serves : ({ role }: Endpoint) => role !== 'fallback';
    return [allowed.filter(isPrimary), allowed.filter(({ role }) => role === 'fallback')];
  }
}

const CLOSED = 'The endpoints were closed.';

interface Waiting {
  readonly wish: Wish;
  resolve(endpoint: Endpoint): void;
  reject(error: Error): void;
}

/** The same for wishes that the same endpoints can fulfil; undefined for one like no other. */
function toKey({ purpose, only, avoid, failures }: Wish): string | undefined {
  return failures.size > 0 || (avoid && avoid.size > 0) ? undefined : `${purpose} ${only ?? ''}`;
}

function isFresh(endpoint: Endpoint, { failures }: Wish): boolean {
  return endpoint.state === 'usable' && !failures.has(endpoint);
}

function order(one: Endpoint, other: Endpoint): number {
  return one.restMs - other.restMs || one.expectedMs - other.expectedMs;
}

/** A request waits this long for an endpoint that rests; for a longer rest it is the caller's time to wait. */
const PATIENCE_MS = 15_000;
/** At one endpoint, for one request. */
const MAX_TRIES = 3;
