import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import type { ChainCheck } from './createChainCheck.js';
import type { Endpoint } from './Endpoint.js';
import { toHeadHeight } from './findHeadHeight.js';

/**
 * Subscribes at every endpoint that announces heads and is not there for the past alone, and again, at growing
 * intervals, where a subscription ends. One head may be told of by several.
 */
export function watchHeads(options: {
  readonly endpoints: readonly Endpoint[];
  readonly runtime: Runtime;
  readonly checkChain: ChainCheck;
  readonly onHead: (header: unknown, endpoint: string) => void;
  readonly log?: Log;
  readonly signal: AbortSignal;
}): { readonly live: boolean; stop(): void } {
  const { endpoints, onHead, signal } = options;
  const announcing = endpoints.filter(
    ({ role, transport }) => role !== 'sync' && transport.subscribeHeads !== undefined,
  );
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  for (const endpoint of announcing) void watch(endpoint, { ...options, signal: controller.signal, onHead });
  return {
    live: announcing.length > 0,
    stop() {
      signal.removeEventListener('abort', stop);
      stop();
    },
  };
}

interface Watching {
  readonly runtime: Runtime;
  readonly checkChain: ChainCheck;
  readonly onHead: (header: unknown, endpoint: string) => void;
  readonly log?: Log;
  readonly signal: AbortSignal;
}

async function watch(endpoint: Endpoint, watching: Watching): Promise<void> {
  const { runtime, checkChain, log, signal } = watching;
  for (let ends = 0; !signal.aborted; ) {
    const heads = { count: 0 };
    const reason = await checkChain(endpoint, signal).then(
      () => subscribe(endpoint, watching, heads),
      (thrown: unknown) => toMessage(thrown),
    );
    if (signal.aborted) return;
    ends = heads.count > 0 ? 1 : ends + 1;
    log?.info({ endpoint: endpoint.name, reason }, 'subscription to heads ended');
    const waitMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (ends - 1)) * (1 - runtime.random() / 2);
    await runtime.sleep(waitMs, signal);
  }
}

/** Resolves with the reason when the subscription ends, or is stopped. */
function subscribe(endpoint: Endpoint, watching: Watching, heads: { count: number }): Promise<string> {
  const { onHead, signal } = watching;
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('stopped');
    const stop = endpoint.transport.subscribeHeads?.((header) => {
      heads.count += 1;
      const height = toHeadHeight(header);
      if (height !== undefined) endpoint.noteHead(height);
      // What a set-aside endpoint announces is not worth a look.
      if (endpoint.state !== 'setAside' && !signal.aborted) onHead(header, endpoint.name);
    }, end);
    signal.addEventListener('abort', onAbort, { once: true });

    function end(reason: string): void {
      signal.removeEventListener('abort', onAbort);
      resolve(reason);
    }

    function onAbort(): void {
      stop?.();
      resolve('stopped');
    }
  });
}

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;
