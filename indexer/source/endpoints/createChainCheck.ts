import type { Runtime } from '../../lib/runtime.js';
import { TransportError } from '../rpc/TransportError.js';
import type { Endpoint } from './Endpoint.js';
import type { EndpointFault } from './EndpointPool.js';

export type ChainCheck = (endpoint: Endpoint, signal?: AbortSignal) => Promise<void>;

/**
 * Makes sure that an endpoint serves this chain: before its first use, after it was set aside, and about every hour, as
 * what stands behind a name may be changed. Another chain sets it aside. Throws TransportError.
 */
export function createChainCheck(options: {
  readonly chainId: number;
  readonly runtime: Runtime;
  readonly setAside: (endpoint: Endpoint, fault: EndpointFault) => void;
}): ChainCheck {
  const { chainId, runtime, setAside } = options;
  const running = new Map<Endpoint, Promise<void>>();

  return async (endpoint, signal) => {
    if (endpoint.chainDueAt > runtime.now()) return;
    const check = running.get(endpoint) ?? begin(endpoint);
    await unlessAborted(check, signal);
  };

  function begin(endpoint: Endpoint): Promise<void> {
    const check = ask(endpoint).finally(() => running.delete(endpoint));
    // Whoever waits hears of it; where all have given up, nobody does.
    check.catch(() => undefined);
    running.set(endpoint, check);
    return check;
  }

  async function ask(endpoint: Endpoint): Promise<void> {
    const load = { calls: [CALL], startedAt: runtime.now() };
    try {
      endpoint.noteSent(1);
      const reply = await endpoint.transport.send([CALL], { deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES });
      const found = toChainId(endpoint, reply.answers[0]);
      endpoint.noteAnswered(load, reply);
      endpoint.servedChain = found;
      if (found !== chainId) throw wrong(endpoint, found);
      endpoint.hasServedRightly = true;
      endpoint.chainDueAt = runtime.now() + EVERY_MS * (1 - runtime.random() / 10);
    } catch (thrown) {
      if (thrown instanceof TransportError && endpoint.state !== 'setAside') endpoint.noteFailure(load, thrown);
      throw thrown;
    }
  }

  function wrong(endpoint: Endpoint, found: number): TransportError {
    const detail = `Expected chain ${chainId} at ${endpoint.name}, got chain ${found}.`;
    setAside(endpoint, { reason: 'wrongChain', detail });
    return new TransportError('refused', detail);
  }
}

const CALL = { method: 'eth_chainId', params: [] } as const;
const DEADLINE_MS = 10_000;
const MAX_BYTES = 1_048_576;
const EVERY_MS = 3_600_000;

function toChainId(
  endpoint: Endpoint,
  answer: { kind: string; value?: unknown; message?: string } | undefined,
): number {
  const { value, message } = answer ?? {};
  const found = typeof value === 'string' && /^0x[\da-f]{1,13}$/i.test(value) ? Number(value) : undefined;
  if (found !== undefined) return found;
  const got = message?.slice(0, MAX_SHOWN) ?? JSON.stringify(value)?.slice(0, MAX_SHOWN);
  throw new TransportError('malformed', `Expected a chain id from ${endpoint.name}, got ${got}.`);
}

const MAX_SHOWN = 100;

async function unlessAborted(check: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return check;
  let onAbort = () => undefined as unknown;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new TransportError('aborted', 'Gave up a request before it was sent.'));
  });
  aborted.catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await Promise.race([check, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
