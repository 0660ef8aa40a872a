import { bytesToHex, encodeAbiParameters, encodeEventTopics } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import { parseEvent } from '../../schema/lib/parseEvent.js';
import { computeMarketEvents } from '../../schema/protocols/abis/computeMarket.js';
import type { LogDraft } from '../simulation/encodeBlock.js';
import { MARKET, toLog } from '../simulation/marketLogs.js';

/** The market's events in the words of a test. Ids are small numbers. */
export const market = {
  /** Of the full interface: texts as bytes, which are encoded alike. */
  profile: (provider: number, { name, uri }: { readonly name: Uint8Array; readonly uri: Uint8Array }) =>
    toBytesLog('ProviderUpdated', {
      provider: account(provider),
      recipient: account(provider),
      name: bytesToHex(name),
      uri: bytesToHex(uri),
    }),
  machine: (node: number, { gpuModel, region }: { readonly gpuModel: Uint8Array; readonly region: Uint8Array }) =>
    toBytesLog('NodeUpdated', {
      ...{ nodeId: nodeId(node), provider: account(node), gpuCount: 2, vramMib: 81_920, uri: '0x' },
      ...{ gpuModel: bytesToHex(gpuModel), region: bytesToHex(region) },
    }),
  rule: (name: Uint8Array) => toBytesLog('ParameterChanged', { name: bytesToHex(name), value: 1n }),
  register: (node: number, endpoint: string | Uint8Array = `https://node-${node}.example`) =>
    toLog(MARKET, 'NodeRegistered', {
      indexed: [nodeId(node), account(node)],
      words: [quantity(1), quantity(2)],
      text: typeof endpoint === 'string' ? Buffer.from(endpoint) : endpoint,
    }),
  create: (job: number, budget = 10n) =>
    toLog(MARKET, 'JobCreated', { indexed: [quantity(job), account(90)], words: [nodeId(0), quantity(budget)] }),
  assign: (job: number, node: number, price = 5n) =>
    toLog(MARKET, 'JobAssigned', { indexed: [quantity(job), nodeId(node)], words: [quantity(price)] }),
  complete: (job: number, node: number, amount = 5n) =>
    toLog(MARKET, 'JobCompleted', { indexed: [quantity(job), nodeId(node)], words: [quantity(amount), nodeId(0)] }),
  fail: (job: number, node: number) =>
    toLog(MARKET, 'JobFailed', { indexed: [quantity(job), nodeId(node)], words: [quantity(1)] }),
  lock: (node: number, amount = 100n) =>
    toLog(MARKET, 'StakeLocked', { indexed: [nodeId(node)], words: [quantity(amount)] }),
  pay: (job: number, node: number, amount = 5n) =>
    toLog(MARKET, 'PayoutSent', { indexed: [quantity(job), nodeId(node), account(node)], words: [quantity(amount)] }),
} satisfies Record<string, (...args: never[]) => LogDraft>;

/** A log whose texts may be any bytes. */
function toBytesLog(name: string, args: Readonly<Record<string, unknown>>): LogDraft {
  const signature = computeMarketEvents.market.find((one) => one.startsWith(`event ${name}(`)) ?? '';
  const event = parseEvent(signature);
  const inputs = event.inputs.map((input) => (input.type === 'string' ? { ...input, type: 'bytes' } : input));
  const plain = inputs.filter((input) => !input.indexed);
  const topics = encodeEventTopics({ abi: [event], eventName: name, args }) as Hex[];
  const data = encodeAbiParameters(plain, plain.map((input) => args[input.name ?? '']) as readonly unknown[]);
  return { address: MARKET, topics, data };
}

/** A job's whole life. */
export function toJob(job: number, node: number, amount = 5n): readonly LogDraft[] {
  return [
    market.create(job),
    market.assign(job, node),
    market.complete(job, node, amount),
    market.pay(job, node, amount),
  ];
}

export function quantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}

export function nodeId(node: number): Hex {
  return `0x${(0xa0000 + node).toString(16).padStart(64, '0')}`;
}

function account(index: number): Hex {
  return `0x${(0xb0000 + index).toString(16).padStart(40, '0')}`;
}
