import type { RpcAnswer, RpcCall, RpcReply } from './Transport.js';
import { TransportError } from './TransportError.js';

/** The calls as one JSON-RPC message with ids from `firstId` on: bare where there is one, else an array. */
export function toMessageText(calls: readonly RpcCall[], firstId: number): string {
  const messages = calls.map(({ method, params }, index) => ({ jsonrpc: '2.0', id: firstId + index, method, params }));
  return JSON.stringify(messages.length === 1 ? messages[0] : messages);
}

/** Throws TransportError. `origin` is named in it. */
export function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const kind = /^\s*<(!doctype|html|\?xml)/i.test(text.slice(0, 100))
      ? 'HTML'
      : `${text.length} characters of no JSON`;
    throw new TransportError('malformed', `Expected JSON-RPC from ${origin}, got ${kind}.`);
  }
}

/**
 * The answers in the order of their calls. Every id must come back exactly once; one error in place of a batch stands
 * for each of its calls. Throws TransportError.
 */
export function parseAnswers(message: unknown, firstId: number, count: number): Omit<RpcReply, 'bytes'> {
  if (count === 1) return { answers: [parseAnswer(message, firstId)] };
  if (isObject(message)) {
    const answer = parseAnswer(message, firstId);
    if (answer.kind !== 'error') throw malformed(`a batch of ${count} answers`, 'one result');
    return { answers: Array.from({ length: count }, () => answer), refusedWhole: true };
  }
  if (!Array.isArray(message)) throw malformed(`a batch of ${count} answers`, typeof message);
  if (isWholeRefusal(message, count)) {
    const answer = parseAnswer(message[0], undefined);
    return { answers: Array.from({ length: count }, () => answer), refusedWhole: true };
  }
  return { answers: sortById(message, firstId, count) };
}

function sortById(messages: readonly unknown[], firstId: number, count: number): readonly RpcAnswer[] {
  if (messages.length !== count) throw malformed(`${count} answers`, String(messages.length));
  const answers = new Array<RpcAnswer | undefined>(count).fill(undefined);
  for (const message of messages) {
    const id = isObject(message) ? message.id : undefined;
    if (typeof id !== 'number' || !Number.isInteger(id) || id < firstId || id >= firstId + count) {
      throw malformed('an id of the batch', describe(id));
    }
    if (answers[id - firstId]) throw malformed('each id once', `${id - firstId} twice`);
    answers[id - firstId] = parseAnswer(message, id);
  }
  return answers.filter((answer) => answer !== undefined);
}

/** geth answers a batch over its limit by an array of one error: `batch too large`. */
function isWholeRefusal(messages: readonly unknown[], count: number): boolean {
  const [first] = messages;
  return count > 1 && messages.length === 1 && isObject(first) && isObject(first.error);
}

/** `id` undefined: any. An error may carry null where the node could not read which call it answers. */
function parseAnswer(message: unknown, id: number | undefined): RpcAnswer {
  if (!isObject(message)) throw malformed('an object', Array.isArray(message) ? 'a list' : describe(message));
  if (message.jsonrpc !== undefined && message.jsonrpc !== '2.0')
    throw malformed('jsonrpc 2.0', describe(message.jsonrpc));
  const { error, result } = message;
  const failed = error !== undefined && error !== null;
  if (id !== undefined && message.id !== id && !(failed && isAbsent(message.id))) {
    throw malformed(`id ${id}`, describe(message.id));
  }
  if (!failed) {
    if (result === undefined) throw malformed('a result or an error', 'neither');
    return { kind: 'result', value: result };
  }
  if (!isAbsent(result)) throw malformed('a result or an error', 'both');
  return parseError(error);
}

function parseError(error: unknown): RpcAnswer {
  if (!isObject(error)) throw malformed('an error object', describe(error));
  const { code, message, data } = error;
  if (typeof code !== 'number' || typeof message !== 'string') {
    throw malformed('an error with code and message', `${typeof code} and ${typeof message}`);
  }
  return data === undefined ? { kind: 'error', code, message } : { kind: 'error', code, message, data };
}

function malformed(expected: string, got: string): TransportError {
  return new TransportError('malformed', `Expected ${expected} in a JSON-RPC answer, got ${got}.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Short, whatever came. */
function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 40);
}
