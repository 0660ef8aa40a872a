import { setMaxListeners } from 'node:events';
import type { Runtime } from '../../lib/runtime.js';
import { classifyNodeError } from '../rpc/classifyNodeError.js';
import type { RpcAnswer, RpcCall, RpcReply } from '../rpc/Transport.js';
import { TransportError } from '../rpc/TransportError.js';
import type { Alarms } from './createAlarms.js';
import type { Endpoint, Load } from './Endpoint.js';
import type { PoolReply } from './EndpointPool.js';

export interface Sending {
  readonly runtime: Runtime;
  readonly alarms: Alarms;
  readonly deadlineMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Waits for the right to send one more request to this endpoint. */
  readonly takeTurn: (signal: AbortSignal) => Promise<void>;
  readonly giveTurn: () => void;
}

/**
 * All calls answered by one endpoint, in batches that it takes. What it refuses for the size of a batch is sent again in
 * smaller ones, what it refuses for their number a second a little later. Throws TransportError.
 */
export async function sendCalls(endpoint: Endpoint, calls: readonly RpcCall[], sending: Sending): Promise<PoolReply> {
  const answers = new Array<RpcAnswer | undefined>(calls.length).fill(undefined);
  let pending: readonly number[] = calls.map((_, index) => index);
  let bytes = 0;
  let largest = Number.POSITIVE_INFINITY;
  for (let refusals = 0; pending.length > 0; ) {
    const parts = split(pending, Math.min(largest, endpoint.maxBatch));
    const results = await sendAll(endpoint, parts, calls, sending);
    const again: number[] = [];
    let smaller = false;
    for (const [index, result] of results.entries()) {
      const part = parts[index] ?? [];
      const sorted = sortOut(endpoint, { part, calls, result });
      if (result.kind === 'reply') bytes += result.reply.bytes;
      for (const [at, answer] of sorted.answered) answers[at] = answer;
      again.push(...sorted.again);
      smaller ||= sorted.smaller;
      if (sorted.smaller) largest = Math.min(largest, Math.max(1, Math.ceil(part.length / 2)));
    }
    const stuck = again.length === pending.length && !smaller;
    refusals = again.length > 0 && !smaller ? refusals + 1 : 0;
    if (stuck || refusals > MAX_REFUSALS) {
      throw new TransportError('rateLimited', `${endpoint.name} asks for fewer calls a second.`);
    }
    pending = again;
  }
  return { answers: answers.filter((answer) => answer !== undefined), endpoint: endpoint.name, bytes };
}

const MAX_REFUSALS = 5;

type Result =
  | { readonly kind: 'reply'; readonly reply: RpcReply; readonly startedAt: number }
  | { readonly kind: 'tooLarge'; readonly error: TransportError };

/** All parts at once, as far as the endpoint takes them; the first failure ends the others. */
async function sendAll(
  endpoint: Endpoint,
  parts: readonly (readonly number[])[],
  calls: readonly RpcCall[],
  sending: Sending,
): Promise<readonly Result[]> {
  const [only] = parts;
  if (only && parts.length === 1) return [await sendPart(endpoint, pick(calls, only), sending)];
  const all = new AbortController();
  setMaxListeners(0, all.signal);
  const end = () => all.abort();
  sending.signal.addEventListener('abort', end, { once: true });
  if (sending.signal.aborted) end();
  try {
    return await Promise.all(
      parts.map((part) => sendPart(endpoint, pick(calls, part), { ...sending, signal: all.signal })),
    );
  } catch (thrown) {
    end();
    throw thrown;
  } finally {
    sending.signal.removeEventListener('abort', end);
  }
}

function pick(calls: readonly RpcCall[], indices: readonly number[]): readonly RpcCall[] {
  return indices.flatMap((index) => calls[index] ?? []);
}

async function sendPart(endpoint: Endpoint, calls: readonly RpcCall[], sending: Sending): Promise<Result> {
  await sending.takeTurn(sending.signal);
  const startedAt = sending.runtime.now();
  const load: Load = { calls, startedAt };
  try {
    if (sending.signal.aborted) throw new TransportError('aborted', `Gave up a request to ${endpoint.name}.`);
    endpoint.noteSent(calls.length);
    const reply = await sendWithin(endpoint, calls, sending);
    endpoint.noteAnswered(load, reply);
    return { kind: 'reply', reply, startedAt };
  } catch (thrown) {
    if (!(thrown instanceof TransportError)) throw thrown;
    if (thrown.fault === 'tooLarge' && calls.length === 1 && !calls.some(isBulky)) {
      // No honest header or height is that long: the endpoint is at fault, and another one does better.
      const endless = new TransportError('malformed', `${endpoint.name}: ${thrown.message}`);
      endpoint.noteFailure(load, endless);
      throw endless;
    }
    if (thrown.fault === 'tooLarge' && calls.length > 1) return { kind: 'tooLarge', error: thrown };
    if (thrown.fault === 'aborted') endpoint.noteOvertaken(load);
    endpoint.noteFailure(load, thrown);
    throw thrown;
  } finally {
    sending.giveTurn();
  }
}

/** What grows with what is asked for. */
function isBulky({ method }: RpcCall): boolean {
  return method === 'eth_getLogs' || method === 'eth_getBlockReceipts';
}

/** A transport keeps the deadline itself; one that does not must not hold up everything. */
function sendWithin(endpoint: Endpoint, calls: readonly RpcCall[], sending: Sending): Promise<RpcReply> {
  const { alarms, deadlineMs, signal } = sending;
  const maxBytes = calls.some(isBulky) ? sending.maxBytes : Math.min(sending.maxBytes, calls.length * PLAIN_BYTES);
  return new Promise((resolve, reject) => {
    const cancel = alarms.set(deadlineMs + GRACE_MS, () => {
      const text = `Expected an answer of ${endpoint.name} within ${deadlineMs} ms, got none.`;
      reject(new TransportError('timeout', text));
    });
    endpoint.transport.send(calls, { deadlineMs, maxBytes, signal }).then(resolve, reject).finally(cancel);
  });
}

const GRACE_MS = 1_000;
/** Of a header with the hashes of its transactions, many times over. */
const PLAIN_BYTES = 4_194_304;

interface Sorted {
  readonly answered: readonly (readonly [number, RpcAnswer])[];
  readonly again: readonly number[];
  /** What is to be sent again fits into smaller batches only. */
  readonly smaller: boolean;
}

/** Tells answers from what must be asked again, and learns from it. Throws TransportError where the key is refused. */
function sortOut(
  endpoint: Endpoint,
  {
    part,
    calls,
    result,
  }: { readonly part: readonly number[]; readonly calls: readonly RpcCall[]; readonly result: Result },
): Sorted {
  if (result.kind === 'tooLarge') return { answered: [], again: part, smaller: true };
  const { reply, startedAt } = result;
  const answered: [number, RpcAnswer][] = [];
  const again: number[] = [];
  let smaller = false;
  for (const [position, at] of part.entries()) {
    const [answer, call] = [reply.answers[position], calls[at]];
    if (!answer || !call) throw new TransportError('malformed', `${endpoint.name}: an answer is missing.`);
    const verdict = answer.kind === 'result' ? 'keep' : judge(answer, call, { ...reply, batch: part.length });
    if (verdict === 'keep') answered.push([at, answer]);
    else again.push(at);
    if (answer.kind === 'result' || verdict === 'keep') continue;
    if (verdict === 'refused') throw refuse(endpoint, answer.message, { calls: [call], startedAt });
    if (verdict === 'later') endpoint.noteRateLimited(startedAt, `${endpoint.name}: ${answer.message}`);
    else smaller = true;
    if (verdict === 'otherBatch') learnBatch(endpoint, answer, call, part.length);
  }
  return { answered, again, smaller };
}

type Verdict = 'keep' | 'later' | 'smaller' | 'otherBatch' | 'refused';

function judge(
  answer: Extract<RpcAnswer, { kind: 'error' }>,
  call: RpcCall,
  { batch, refusedWhole }: { readonly batch: number; readonly refusedWhole?: boolean | undefined },
): Verdict {
  const found = classifyNodeError(answer, call);
  if (found.kind === 'rateLimited') return 'later';
  if (found.kind === 'refused') return 'refused';
  if (batch === 1) return 'keep';
  // Whatever it says: the batch as a whole was not understood.
  if (refusedWhole || (found.kind === 'unsupported' && found.what === 'batch')) return 'otherBatch';
  // It may be the batch that is too large, not this call; alone it will tell.
  return found.kind === 'tooLarge' ? 'smaller' : 'keep';
}

function learnBatch(
  endpoint: Endpoint,
  answer: Extract<RpcAnswer, { kind: 'error' }>,
  call: RpcCall,
  batch: number,
): void {
  const found = classifyNodeError(answer, call);
  const named = found.kind === 'unsupported' && found.what === 'batch' ? found.maxBatch : undefined;
  const half = Math.max(1, Math.floor(batch / 2));
  endpoint.maxBatch = Math.min(endpoint.maxBatch, named !== undefined && named < batch ? named : half);
}

function refuse(endpoint: Endpoint, message: string, load: Load): TransportError {
  const error = new TransportError('refused', `${endpoint.name}: ${message.slice(0, MAX_SHOWN)}`);
  endpoint.noteFailure(load, error);
  return error;
}

const MAX_SHOWN = 200;

function split(indices: readonly number[], size: number): readonly (readonly number[])[] {
  const parts: number[][] = [];
  for (let at = 0; at < indices.length; at += size) parts.push(indices.slice(at, at + size));
  return parts;
}
