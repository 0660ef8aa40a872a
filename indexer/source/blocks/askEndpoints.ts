import { RetryableError } from '../../../schema/lib/errors.js';
import type { EndpointPool, PoolReply, PoolRequest } from '../endpoints/EndpointPool.js';
import { classifyNodeError, type NodeError, type NodeErrorClass } from '../rpc/classifyNodeError.js';
import type { RpcCall } from '../rpc/Transport.js';
import { TransportError, type TransportFault } from '../rpc/TransportError.js';
import { MalformedAnswer } from '../verification/rpcCodec.js';
import { AnswerFault, type AnswerFaultReason } from './AnswerFault.js';

export interface Asking {
  readonly pool: EndpointPool;
}

/** One endpoint did not come to an answer that can be used; the next one may. */
export class EndpointFailure extends RetryableError {
  constructor(
    readonly endpoint: string,
    message: string,
    readonly options: {
      /** What it answered cannot be right. */
      readonly blame?: AnswerFaultReason;
      /** It answered with an error of its own. */
      readonly nodeError?: NodeErrorClass;
      /** It did not answer. */
      readonly transport?: TransportFault | undefined;
    } = {},
  ) {
    super(message);
  }
}

/**
 * Makes attempts until one succeeds, each at an endpoint that none failed at before. One that answered what cannot be
 * right is set aside. Throws the last failure when no other endpoint is left.
 */
export async function askEndpoints<T>(
  { pool }: Asking,
  purpose: PoolRequest['purpose'],
  attempt: (avoid: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const avoid = new Set<string>();
  for (;;) {
    try {
      return await attempt(avoid);
    } catch (thrown) {
      if (!(thrown instanceof EndpointFailure) || avoid.has(thrown.endpoint)) throw thrown;
      const { endpoint, message, options } = thrown;
      if (options.blame) pool.setAside(endpoint, { reason: options.blame, detail: message });
      avoid.add(endpoint);
      if (hasOthers(pool, purpose, avoid)) continue;
      throw new EndpointFailure(endpoint, `No endpoint is left to ask. The last one, ${endpoint}: ${message}`, options);
    }
  }
}

export function hasOthers(pool: EndpointPool, purpose: PoolRequest['purpose'], avoid: ReadonlySet<string>): boolean {
  return pool.listUsable(purpose).some((name) => !avoid.has(name));
}

/** Reads what an endpoint answered; whatever cannot be right is that endpoint's failure. */
export function readAnswers<T>(endpoint: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof AnswerFault) throw new EndpointFailure(endpoint, thrown.detail, { blame: thrown.reason });
    if (thrown instanceof MalformedAnswer) throw new EndpointFailure(endpoint, thrown.message, { blame: 'malformed' });
    throw thrown;
  }
}

/** Asks for more of what an endpoint has begun to answer; that it is out of reach now is its failure, too. */
export async function askSame(
  { pool }: Asking,
  calls: readonly RpcCall[],
  options: PoolRequest & { readonly only: string },
): Promise<PoolReply> {
  try {
    return await pool.request(calls, options);
  } catch (thrown) {
    if (!(thrown instanceof RetryableError) || options.signal?.aborted) throw thrown;
    const transport = thrown instanceof TransportError ? thrown.fault : undefined;
    throw new EndpointFailure(options.only, thrown.message, { transport });
  }
}

/** The result of a call. The node's own error, and null where there must be something, are its failure. */
export function expectResult({ answers, endpoint }: PoolReply, calls: readonly RpcCall[], at: number): unknown {
  const [answer, call] = [answers[at], calls[at]];
  if (!answer || !call) throw new EndpointFailure(endpoint, `Expected ${calls.length} answers, got ${answers.length}.`);
  if (answer.kind === 'error') throw toFailure(endpoint, call, answer);
  if (answer.value === null || answer.value === undefined)
    throw new EndpointFailure(endpoint, `Expected ${call.method} ${describe(call)} to be known, the node has none.`);
  return answer.value;
}

export function toFailure(endpoint: string, call: RpcCall, error: NodeError): EndpointFailure {
  const text = `${call.method}: ${error.message.slice(0, MAX_SHOWN)} (${error.code})`;
  return new EndpointFailure(endpoint, text, { nodeError: classifyNodeError(error, call) });
}

const MAX_SHOWN = 200;

function describe(call: RpcCall): string {
  return JSON.stringify(call.params[0] ?? '').slice(0, 80);
}
