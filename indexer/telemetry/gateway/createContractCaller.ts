import { RetryableError, toMessage } from '../../../schema/lib/errors.js';
import type { Hex } from '../../../schema/lib/hex.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import { classifyNodeError } from '../../source/rpc/classifyNodeError.js';
import { createTransport } from '../../source/rpc/createTransport.js';
import type { RpcCall, Transport } from '../../source/rpc/Transport.js';
import type { CallContract } from './askContract.js';

export interface ContractCaller extends CallContract {
  close(): Promise<void>;
}

/**
 * Asks the endpoints of a chain one after the other until one can say, within one deadline for all of them. Each is asked for its chain in the same request: an
 * endpoint of another chain would know a contract of the same address.
 */
export function createContractCaller(
  endpoints: Readonly<Record<string, readonly { readonly url: string }[]>>,
  {
    now = systemRuntime.now,
    deadlineMs = DEADLINE_MS,
  }: { readonly now?: () => number; readonly deadlineMs?: number } = {},
): ContractCaller {
  const opened = new Map<string, Transport>();
  return {
    canAsk: (chainId) => (endpoints[chainId]?.length ?? 0) > 0,
    async call(chainId, { to, data, blockHash }) {
      const reasons: string[] = [];
      const call = {
        method: 'eth_call',
        params: [
          { to, data },
          { blockHash, requireCanonical: true },
        ],
      };
      const urls = (endpoints[chainId] ?? []).map(({ url }) => url);
      const until = now() + deadlineMs;
      for (const [position, url] of urls.entries()) {
        // What is left is shared out, so that one that hangs leaves time for the next.
        const share = Math.max(1, Math.floor((until - now()) / (urls.length - position)));
        try {
          return await ask(open(url), { chainId, call, deadlineMs: share });
        } catch (thrown) {
          if (!(thrown instanceof RetryableError)) throw thrown;
          reasons.push(toMessage(thrown));
        }
      }
      throw new RetryableError(
        `No endpoint of chain ${chainId} could be asked for a contract's signature: ${reasons.join(' ')}`,
      );
    },
    async close() {
      await Promise.all([...opened.values()].map((transport) => transport.close()));
    },
  };

  function open(url: string): Transport {
    const transport = opened.get(url) ?? createTransport(url);
    opened.set(url, transport);
    return transport;
  }
}

const DEADLINE_MS = 5_000;
/** The answer is one word. */
const MAX_BYTES = 65_536;

async function ask(
  transport: Transport,
  asked: { readonly chainId: number; readonly call: RpcCall; readonly deadlineMs: number },
): Promise<Hex | undefined> {
  const { chainId, call, deadlineMs } = asked;
  const calls = [{ method: 'eth_chainId', params: [] }, call];
  const { answers } = await transport.send(calls, { deadlineMs, maxBytes: MAX_BYTES });
  const [chain, result] = answers;
  const served = chain?.kind === 'result' ? Number(chain.value) : Number.NaN;
  if (served !== chainId) throw new RetryableError(`Expected chain ${chainId}, got ${served}.`);
  if (result?.kind === 'result') return String(result.value) as Hex;
  if (result?.kind === 'error') {
    if (classifyNodeError(result, call).kind === 'revert') return undefined;
    throw new RetryableError(`Expected an answer to eth_call, got: ${result.message}`);
  }
  throw new RetryableError('Expected an answer to eth_call, got none.');
}
