import { readFile } from 'node:fs/promises';
import type { AbiEvent, AbiParameter } from 'viem';
import { encodeAbiParameters, encodeEventTopics, keccak256, stringToBytes } from 'viem/utils';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import { parseEvent } from '../../schema/lib/parseEvent.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { Header, RawLog } from '../events/logs.js';
import { toLogFilter } from './blocks/rpcCalls.js';
import type { ChainSource, Filter } from './ChainSource.js';
import { matchesFilter } from './verification/logFilter.js';

/** One entry of a recording: an event's decoded arguments, without the block it came in. */
export interface RecordedEvent {
  readonly address: string;
  readonly transactionHash: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Recording {
  readonly headers: readonly Header[];
  readonly logs: readonly RawLog[];
}

/**
 * A recorded history as a chain: events are encoded back to raw logs by the ABI, so that they take the same way as any
 * other. One block per transaction in file order; heights and times are made up.
 */
export async function createRecordedSource(file: string, network: Network): Promise<ChainSource> {
  const { headers, logs } = toRecording(await readRecording(file), network);
  const byHash = new Map(headers.map((header) => [header.hash, header]));
  const head = headers.at(-1);
  if (!head)
    throw new UserError(`Expected recorded events in ${file}, got an empty list. Give a recording with events.`);
  return {
    getGenesisHash: async () => headers[0]?.hash ?? head.hash,
    getHead: async () => head,
    listHeaders: async (heights) => heights.flatMap((height) => headers[height] ?? []),
    getFinality: async () => ({ safe: head.height, finalized: head.height }),
    findHeader: async (hash) => byHash.get(hash),
    fetchRange: async ({ from, to, filter }) => {
      const some = selectLogs(logs, { from, to, filter });
      const heights = new Set([from, ...some.map(({ height }) => height), to]);
      const known = [...heights].flatMap((height) => headers[height] ?? []);
      return { kind: 'fetched', from, to, logs: some, headers: known, times: new Map(), level: 'none', ...UNSENT };
    },
    fetchBlocks: async (wanted, filter) =>
      wanted.map((header) => {
        const { height: from } = header;
        if (!byHash.has(header.hash))
          throw new RetryableError(`Expected a block of the recording, got ${header.hash}.`);
        return { header, logs: selectLogs(logs, { from, to: from, filter }), level: 'none', endpoint: UNSENT.endpoint };
      }),
    read: async () => new Map(),
    watchHeads: () => ({ live: true, stop: () => undefined }),
    close: async () => undefined,
  };
}

/** A recording came over no wire. */
const UNSENT = { endpoint: 'recording', bytes: 0 } as const;

function selectLogs(
  logs: readonly RawLog[],
  { from, to, filter }: { readonly from: number; readonly to: number; readonly filter: Filter },
): readonly RawLog[] {
  const wanted = toLogFilter(filter);
  const selected: RawLog[] = [];
  for (let at = findFirst(logs, from); at < logs.length; at += 1) {
    const log = logs[at];
    if (!log || log.height > to) break;
    if (matchesFilter(wanted, log)) selected.push(log);
  }
  return selected;
}

/** Position of the first log at or above a height; the logs stand in the order of the chain. */
function findFirst(logs: readonly RawLog[], height: number): number {
  let [low, high] = [0, logs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((logs[middle]?.height ?? height) < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Start of the recorded Livepeer history; a minute a block keeps the order visible on charts. */
const FIRST_TIME = Date.UTC(2022, 1, 11) / 1000;
const BLOCK_SECONDS = 60;
const ZERO_HASH: Hex = `0x${'0'.repeat(64)}`;

export function toRecording(events: readonly RecordedEvent[], network: Network): Recording {
  const encode = createEncoder(network);
  // Block 0 carries the recording's own digest: another recording is another chain.
  const headers: Header[] = [toNextHeader(undefined, keccak256(stringToBytes(JSON.stringify(events))))];
  const logs: RawLog[] = [];
  let logIndex = 0;
  let txHash: Hex | undefined;
  for (const [position, event] of events.entries()) {
    const next = event.transactionHash.toLowerCase() as Hex;
    if (next !== txHash) {
      headers.push(toNextHeader(headers.at(-1), next));
      logIndex = 0;
      txHash = next;
    }
    const header = headers.at(-1);
    if (!header) throw new Error('a recording starts with a block');
    logs.push({
      height: header.height,
      blockHash: header.hash,
      txHash: next,
      txIndex: 0,
      logIndex,
      ...encode(event, position),
    });
    logIndex += 1;
  }
  return { headers, logs };
}

function toNextHeader(parent: Header | undefined, txHash: Hex): Header {
  const height = parent ? parent.height + 1 : 0;
  const parentHash = parent?.hash ?? ZERO_HASH;
  return {
    height,
    parentHash,
    hash: keccak256(`${parentHash}${txHash.slice(2)}`),
    time: new Date((FIRST_TIME + height * BLOCK_SECONDS) * 1000),
  };
}

type Encoded = Pick<RawLog, 'address' | 'topics' | 'data'>;

/** The inverse of decoding: the same topics and data the contract wrote. */
export function createEncoder(network: Network): (event: RecordedEvent, position: number) => Encoded {
  const byAddress = new Map<string, ReadonlyMap<string, AbiEvent>>();
  for (const { role, address } of network.definition.contracts) {
    const events = (network.manifest.events[role] ?? []).map(parseEvent);
    byAddress.set(address.toLowerCase(), new Map(events.map((event) => [event.name, event])));
  }
  return (event, position) => {
    const abi = byAddress.get(event.address.toLowerCase())?.get(event.name);
    if (!abi) {
      throw new UserError(
        `Expected events of ${network.definition.id} in the recording, got ${event.name} of ${event.address} at entry ${position + 1}. Give a recording of that network.`,
      );
    }
    try {
      const args = Object.fromEntries(abi.inputs.map((input) => [input.name ?? '', toArgument(input, event.data)]));
      const plain = abi.inputs.filter((input) => !input.indexed);
      return {
        address: event.address.toLowerCase() as Hex,
        topics: encodeEventTopics({ abi: [abi], eventName: abi.name, args }) as Hex[],
        data: encodeAbiParameters(
          plain,
          plain.map((input) => args[input.name ?? '']),
        ),
      };
    } catch (thrown) {
      throw new UserError(
        `Expected the arguments of ${event.name} at entry ${position + 1} of the recording, got what does not encode: ${toMessage(thrown)} The file is damaged; get it again.`,
      );
    }
  };
}

function toArgument(input: AbiParameter, data: Readonly<Record<string, unknown>>): unknown {
  const value = data[input.name ?? ''];
  if (value === undefined || value === null) throw new Error(`Argument ${input.name} is missing.`);
  if (!/^u?int/.test(input.type)) return value;
  // A JSON number beyond 2^53 has lost digits already.
  if (
    typeof value === 'number' ? Number.isSafeInteger(value) : /^-?\d+$/.test(String(value)) && !Array.isArray(value)
  ) {
    return BigInt(value as string | number);
  }
  throw new Error(`Argument ${input.name} is no whole number: ${JSON.stringify(value)}.`);
}

async function readRecording(file: string): Promise<readonly RecordedEvent[]> {
  const expected = 'a JSON array of { address, transactionHash, name, data }';
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw new UserError(`Expected a recording at ${file}, got: ${toMessage(thrown)}. Give the path of a JSON file.`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (thrown) {
    throw new UserError(
      `Expected ${expected} in ${file}, got: ${toMessage(thrown)}. The file is damaged; get it again.`,
    );
  }
  if (!Array.isArray(content))
    throw new UserError(`Expected ${expected} in ${file}, got ${typeof content}. Give another file.`);
  const broken = content.findIndex((entry) => !isRecordedEvent(entry));
  if (broken >= 0) {
    throw new UserError(
      `Expected ${expected} in ${file}, got ${JSON.stringify(content[broken]).slice(0, 80)} at entry ${broken + 1}. The file is damaged; get it again.`,
    );
  }
  return content;
}

function isRecordedEvent(entry: unknown): entry is RecordedEvent {
  if (typeof entry !== 'object' || entry === null) return false;
  const { address, transactionHash, name, data } = entry as Record<string, unknown>;
  return (
    typeof address === 'string' &&
    /^0x[0-9a-fA-F]{40}$/.test(address) &&
    typeof transactionHash === 'string' &&
    /^0x[0-9a-fA-F]{64}$/.test(transactionHash) &&
    typeof name === 'string' &&
    typeof data === 'object' &&
    data !== null
  );
}
