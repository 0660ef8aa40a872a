import type { EndpointFault, EndpointPool } from '../../indexer/source/endpoints/EndpointPool.js';
import type { RpcAnswer, RpcCall } from '../../indexer/source/rpc/Transport.js';
import { RetryableError } from '../../schema/lib/errors.js';

/** Answers one call; a throw is a request that fails. */
export type ScriptedNode = (call: RpcCall) => RpcAnswer;

export interface ScriptedPool extends EndpointPool {
  readonly requests: readonly ScriptedRequest[];
  /** Endpoints that were set aside, with the reason. */
  readonly setAsides: readonly Note[];
  readonly notes: readonly Note[];
}

export interface ScriptedRequest {
  readonly endpoint: string;
  readonly calls: readonly RpcCall[];
}

type Note = EndpointFault & { readonly endpoint: string };

/** Endpoints that answer at once, asked in the order they are given; one that is set aside stays so. */
export function createScriptedPool(nodes: Readonly<Record<string, ScriptedNode>>): ScriptedPool {
  const requests: ScriptedRequest[] = [];
  const setAsides: Note[] = [];
  const notes: Note[] = [];
  const listUsable = () => Object.keys(nodes).filter((name) => !setAsides.some(({ endpoint }) => endpoint === name));
  return {
    ...{ requests, setAsides, notes },
    async request(calls, { only, avoid }) {
      const endpoint = listUsable().find((name) => (only ? name === only : !avoid?.has(name)));
      const node = endpoint && nodes[endpoint];
      if (!node) throw new RetryableError('No endpoint can be asked.');
      requests.push({ endpoint, calls });
      // JSON is what comes over the wire: nothing is shared, and what is undefined is not there.
      const answers = calls.map((call) => JSON.parse(JSON.stringify(node(call))) as RpcAnswer);
      return { answers, endpoint, bytes: JSON.stringify(answers).length };
    },
    setAside: (endpoint, fault) => void setAsides.push({ endpoint, ...fault }),
    noteFault: (endpoint, fault) => void notes.push({ endpoint, ...fault }),
    listUsable,
    listScores: () => [],
    subscribeHeads: () => ({ live: false, stop: () => undefined }),
    close: async () => undefined,
  };
}
