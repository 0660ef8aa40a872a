import type { IncomingMessage } from 'node:http';
import type { Keyring } from '../keys/createKeyring.js';
import { readToken } from '../keys/token.js';
import type { Cost } from './measureCost.js';
import { Refusal, refuseByBucket, refuseInFlight } from './Refusal.js';
import { createThrottle, type ThrottleOptions } from './throttle/createThrottle.js';
import type { Client, Throttle, ThrottleStatus } from './throttle/Throttle.js';
import { toAddress } from './throttle/toAddress.js';
import { toAddressGroup } from './throttle/toAddressGroup.js';

export interface GateOptions {
  /** Absent: nobody is throttled. */
  readonly throttle?: ThrottleOptions | undefined;
  /** Whether `X-Forwarded-For` of a proxy before the API is believed. */
  readonly trustProxy: boolean;
  readonly keyring: Keyring;
}

export interface Gate {
  readonly throttle: Throttle | undefined;
  /** Who asks; throws a `Refusal` for an API key that is none. */
  identify(request: IncomingMessage): Promise<Client> | Client;
  /** From where: of IPv6 the /64. */
  locate(request: IncomingMessage): string;
  /** Takes points for what is no request for an answer; throws a `Refusal` where the bucket does not hold as much. */
  pay(client: Client, points: number): void;
  /** Lets a request in, which pays a point for it, or throws a `Refusal`. */
  enter(client: Client): Visit;
}

/** One request of a client, and what it pays. */
export interface Visit {
  readonly client: Client;
  /** False: nobody is throttled, and nothing is paid. */
  readonly isCounted: boolean;
  /** What the query costs, once that is known. */
  readonly cost: Cost | undefined;
  /** Points that were taken so far and not given back. */
  readonly paid: number;
  /** Pays for the query before it runs; throws a `Refusal` where the bucket does not hold as much. */
  charge(cost: Cost): void;
  /** Gets back what was not used. */
  settle(actual: number): void;
  /** Undefined: nobody is throttled. */
  getStatus(): ThrottleStatus | undefined;
  leave(): void;
}

/** What comes in by HTTP, WebSocket or SSE comes by here; what the process asks itself does not. */
export function createGate({ throttle: options, trustProxy, keyring }: GateOptions): Gate {
  const throttle = options && createThrottle(options);

  function toClient(request: IncomingMessage): Client {
    return { id: toAddressGroup(toAddress(request, trustProxy)) };
  }

  async function findKey(token: string, request: IncomingMessage): Promise<Client> {
    // Made-up keys are paid for by whoever makes them up.
    const payer = toClient(request);
    if (throttle && !keyring.isKnown(token)) pay(throttle, payer);
    const key = await keyring.find(token);
    if (!key) throw refuseKey('Expected an API key that is in use, got one that is unknown or revoked');
    return { id: `key:${key.id}`, limit: { capacity: key.capacity, perSecond: key.perSecond } };
  }

  return {
    throttle,
    locate: (request) => toClient(request).id,
    pay(client, points) {
      if (throttle) pay(throttle, client, points);
    },
    identify(request) {
      const read = readToken(request.headers);
      if (read.kind === 'none') return toClient(request);
      if (read.kind === 'token') return findKey(read.token, request);
      if (throttle) pay(throttle, toClient(request));
      throw refuseKey(
        'Expected an API key of the form cs_… in `authorization: Bearer` or `x-api-key`, got another text',
      );
    },
    enter(client) {
      if (!throttle) return openVisit(client);
      if (!throttle.enter(client)) throw refuseInFlight(options.inFlight);
      try {
        pay(throttle, client);
      } catch (thrown) {
        throttle.leave(client);
        throw thrown;
      }
      return openPaidVisit(client, throttle);
    },
  };
}

/** What any request costs, be it understood or not. */
export const ENTRY = 1;

function pay(throttle: Throttle, client: Client, requested = ENTRY): void {
  const verdict = throttle.admit(client, requested);
  if (verdict.kind !== 'OK') throw refuseByBucket(verdict, { requested, status: throttle.getStatus(client) });
}

function refuseKey(difference: string): Refusal {
  return new Refusal(`${difference}: leave it out to ask as anybody, or have the operator of this server make one.`, {
    status: 401,
    code: 'UNAUTHENTICATED',
    headers: { 'www-authenticate': 'Bearer realm="computescan"' },
  });
}

function openVisit(client: Client): Visit {
  const nothing = () => undefined;
  return {
    client,
    isCounted: false,
    cost: undefined,
    paid: 0,
    charge: nothing,
    settle: nothing,
    getStatus: nothing,
    leave: nothing,
  };
}

function openPaidVisit(client: Client, throttle: Throttle): Visit {
  let paid = ENTRY;
  let cost: Cost | undefined;
  let isIn = true;
  return {
    client,
    isCounted: true,
    get cost() {
      return cost;
    },
    get paid() {
      return paid;
    },
    charge(asked) {
      cost = asked;
      // What was paid at the entry is part of it; who is turned away pays nothing.
      throttle.refund(client, paid);
      paid = 0;
      pay(throttle, client, asked.requested);
      paid = asked.requested;
    },
    settle(actual) {
      if (actual >= paid) return;
      throttle.refund(client, paid - actual);
      paid = actual;
    },
    getStatus: () => throttle.getStatus(client),
    leave() {
      if (isIn) throttle.leave(client);
      isIn = false;
    },
  };
}
