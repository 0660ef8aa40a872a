import type { RpcAnswer, RpcCall } from '../../indexer/source/rpc/Transport.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { Random } from './createRandom.js';
import type { Block } from './createWorld.js';
import type { RpcLog } from './encodeBlock.js';
import { MARKET } from './marketLogs.js';

/**
 * An answer that no honest node gives. `needs` is what it takes to catch it: form: any reader does; bloom: headers and
 * blooms; receipts: nothing but receipts.
 */
export interface Lie {
  readonly needs: 'form' | 'bloom' | 'receipts';
  /** Undefined where the answer gives no occasion. */
  tell(answer: unknown, occasion: Occasion): unknown;
}

export interface Occasion {
  readonly call: RpcCall;
  readonly random: Random;
  /** Blocks that answers may be taken from instead. */
  readonly others: readonly Block[];
}

export type LieKind = keyof typeof lies;

export const lies = {
  omitAll: lieAboutLogs('bloom', (logs) => (logs.length > 0 ? [] : undefined)),
  omitOne: lieAboutLogs('receipts', (logs, { random }) => {
    const omitted = random.below(logs.length);
    return logs.length > 0 ? logs.filter((_, at) => at !== omitted) : undefined;
  }),
  omitTail: lieAboutLogs('receipts', (logs, { random }) =>
    logs.length > 0 ? logs.slice(0, random.below(logs.length)) : undefined,
  ),
  repeat: lieAboutLogs('form', (logs, { random }) => {
    const again = logs[random.below(logs.length)];
    return again ? [...logs, again] : undefined;
  }),
  shuffle: lieAboutLogs('form', (logs) => (logs.length > 1 ? [...logs].reverse() : undefined)),
  removed: lieAboutLogs('form', (logs, { random }) => {
    const old = logs[random.below(logs.length)];
    return old ? [...logs, { ...old, blockHash: random.hex(32), removed: true }] : undefined;
  }),
  alterData: lieAboutLogs('receipts', (logs, { random }) =>
    alterOne(logs, random, (log) => ({ data: flip(log.data) })),
  ),
  alterTopic: lieAboutLogs('bloom', (logs, { random }) =>
    alterOne(logs, random, (log) => ({ topics: log.topics.map((topic, at) => (at === 1 ? random.hex(32) : topic)) })),
  ),
  alterPlace: lieAboutLogs('receipts', (logs, { random }) =>
    alterOne(logs, random, () => ({ logIndex: `0x${(5_000 + random.below(99)).toString(16)}` })),
  ),
  alterTransaction: lieAboutLogs('receipts', (logs, { random }) =>
    alterOne(logs, random, () => ({ transactionHash: random.hex(32) })),
  ),
  alterBlock: lieAboutLogs('bloom', (logs, { random }) =>
    alterOne(logs, random, () => ({ blockHash: random.hex(32) })),
  ),
  invent: lieAboutLogs('bloom', (logs, { random, others }) => {
    const model = logs.at(-1) ?? others.flatMap((block) => block.logs).find((log) => log.address === MARKET);
    return model ? [...logs, { ...model, topics: [random.hex(32)], logIndex: '0xffff' }] : undefined;
  }),
  alterHeader: {
    needs: 'bloom',
    tell: (answer) => (isHeader(answer) ? { ...answer, timestamp: '0x7fffffff' } : undefined),
  },
  otherBlock: {
    needs: 'form',
    tell(answer, { call, random, others }) {
      // The newest block may be any; only where one was named can it be another.
      if (!isHeader(answer) || !/^0x/.test(String(call.params[0]))) return undefined;
      const strange = others.filter(({ header }) => header.number !== answer.number);
      return strange.length > 0 ? (random.pick(strange) as Block).header : undefined;
    },
  },
  nothing: {
    needs: 'form',
    tell: (answer, { call }) => (isLogsOf(call, 'range') || isHeader(answer) ? null : undefined),
  },
  garbage: {
    needs: 'form',
    tell: (_, { random }) => random.pick(['0x', 'null', 12, {}, [[]], { number: 7, hash: '0x12' }, [{ logIndex: 1 }]]),
  },
  withoutReceipt: {
    needs: 'receipts',
    tell: (answer, { call }) =>
      call.method === 'eth_getBlockReceipts' && Array.isArray(answer) && answer.length > 0
        ? answer.slice(1)
        : undefined,
  },
  alterReceipt: {
    needs: 'receipts',
    tell(answer, { call }) {
      if (call.method !== 'eth_getBlockReceipts' || !Array.isArray(answer) || answer.length === 0) return undefined;
      const [first, ...rest] = answer as readonly { readonly logs: readonly RpcLog[] }[];
      const logs = first?.logs.map((log, at) => (at === 0 ? { ...log, data: flip(log.data) } : log)) ?? [];
      return [{ ...first, logs, cumulativeGasUsed: '0x1' }, ...rest];
    },
  },
  finalHead: {
    needs: 'form',
    tell: (_, { call, others }) =>
      call.method === 'eth_getBlockByNumber' && call.params[0] === 'finalized' ? others[0]?.header : undefined,
  },
} as const satisfies Readonly<Record<string, Lie>>;

/** The same as an answer, where the answer gives an occasion. */
export function tellLie(kind: LieKind, answer: RpcAnswer, occasion: Occasion): RpcAnswer | undefined {
  if (answer.kind !== 'result' || occasion.call.method === 'eth_chainId') return undefined;
  const value = (lies[kind] as Lie).tell(answer.value, occasion);
  return value === undefined ? undefined : { kind: 'result', value };
}

function lieAboutLogs(
  needs: Lie['needs'],
  tell: (logs: readonly RpcLog[], occasion: Occasion) => readonly object[] | undefined,
): Lie {
  return {
    needs,
    tell: (answer, occasion) =>
      isLogsOf(occasion.call) && Array.isArray(answer) ? tell(answer as RpcLog[], occasion) : undefined,
  };
}

function isLogsOf({ method, params }: RpcCall, kind?: 'range'): boolean {
  if (method !== 'eth_getLogs') return false;
  return kind === undefined || (params[0] as { readonly fromBlock?: unknown }).fromBlock !== undefined;
}

function isHeader(answer: unknown): answer is { readonly number: Hex; readonly hash: Hex } {
  return typeof answer === 'object' && answer !== null && 'stateRoot' in answer;
}

function alterOne(
  logs: readonly RpcLog[],
  random: Random,
  toChange: (log: RpcLog) => object,
): readonly object[] | undefined {
  const chosen = random.below(logs.length);
  return logs.length > 0 ? logs.map((log, at) => (at === chosen ? { ...log, ...toChange(log) } : log)) : undefined;
}

/** Changes a byte, or adds one where there is none. */
function flip(data: Hex): Hex {
  return data.length > 4
    ? `0x${(Number.parseInt(data.slice(2, 4), 16) ^ 1).toString(16).padStart(2, '0')}${data.slice(4)}`
    : '0x01';
}
