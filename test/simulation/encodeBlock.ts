import { keccak256 } from '../../indexer/source/verification/keccak256.js';
import { type Hex, toBytes, toHex } from '../../schema/lib/hex.js';

/** What a contract wrote, before it has a place in a block. */
export interface LogDraft {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export interface Transaction {
  readonly hash: Hex;
  readonly logs: readonly LogDraft[];
}

export interface BlockDraft {
  readonly height: number;
  readonly parentHash: Hex;
  /** Seconds since 1970. */
  readonly time: number;
  /** Tells blocks apart that are alike in all else. */
  readonly salt: Hex;
  readonly transactions: readonly Transaction[];
}

type Json = Readonly<Record<string, unknown>>;

export interface EncodedBlock {
  readonly hash: Hex;
  /** As a node answers `eth_getBlockBy…`. */
  readonly header: Json;
  readonly receipts: readonly Json[];
  readonly logs: readonly RpcLog[];
}

export interface RpcLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly transactionIndex: Hex;
  readonly logIndex: Hex;
  readonly removed: boolean;
  readonly blockTimestamp?: Hex;
}

/**
 * A block as Ethereum hashes it: real RLP, bloom and receipts root, so that proofs hold. An encoder of its own: only the
 * hash function is the product's.
 */
export function encodeBlock(draft: BlockDraft): EncodedBlock {
  const bloom = new Uint8Array(BLOOM_BYTES);
  const encoded = draft.transactions.map((transaction, index) => encodeReceipt(transaction, index, bloom));
  const header = toHeader(draft, {
    receiptsRoot: toHex(toTrieRoot(encoded.map(({ rlp }) => rlp))),
    logsBloom: toHex(bloom),
    gasUsed: toQuantity(encoded.length * GAS_OF_TRANSACTION),
  });
  const hash = toHex(keccak256(encodeList(headerFields.map((field) => encodeField(field, header[field] as Hex)))));
  const where = { blockNumber: header.number as Hex, blockHash: hash };
  let logIndex = 0;
  const receipts = encoded.map(({ receipt, logs }, index) => {
    const of = { transactionHash: receipt.transactionHash as Hex, transactionIndex: toQuantity(index) };
    const placed = logs.map((log): RpcLog => {
      logIndex += 1;
      return { ...log, ...where, ...of, logIndex: toQuantity(logIndex - 1), removed: false };
    });
    return { ...receipt, ...where, ...of, logs: placed };
  });
  const transactions = draft.transactions.map((transaction) => transaction.hash);
  return {
    hash,
    header: { ...header, hash, size: '0x400', uncles: [], transactions },
    receipts,
    logs: receipts.flatMap(({ logs }) => logs),
  };
}

export function toQuantity(value: number): Hex {
  return `0x${value.toString(16)}`;
}

const BLOOM_BYTES = 256;
const GAS_OF_TRANSACTION = 90_000;
const ZERO: Hex = `0x${'00'.repeat(32)}`;
/** Keccak of the RLP of an empty list, and of an empty string: what a block without uncles, and an empty trie, hold. */
const NO_UNCLES: Hex = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347';
const EMPTY_TRIE: Hex = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';
/** SHA-256 of nothing: no requests (EIP-7685). */
const NO_REQUESTS: Hex = '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** In the order of the hash, Prague. */
const headerFields = [
  ...['parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom', 'difficulty'],
  ...['number', 'gasLimit', 'gasUsed', 'timestamp', 'extraData', 'mixHash', 'nonce', 'baseFeePerGas'],
  ...['withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash'],
] as const;
const numbers: ReadonlySet<string> = new Set([
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'baseFeePerGas',
  'blobGasUsed',
  'excessBlobGas',
]);

function toHeader(draft: BlockDraft, made: Json): Json {
  return {
    parentHash: draft.parentHash,
    sha3Uncles: NO_UNCLES,
    miner: `0x${'5e'.repeat(20)}`,
    stateRoot: draft.salt,
    transactionsRoot: draft.transactions.length === 0 ? EMPTY_TRIE : draft.salt,
    difficulty: '0x0',
    number: toQuantity(draft.height),
    gasLimit: '0x1c9c380',
    timestamp: toQuantity(draft.time),
    extraData: '0x',
    mixHash: draft.salt,
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x3b9aca00',
    withdrawalsRoot: EMPTY_TRIE,
    blobGasUsed: '0x0',
    excessBlobGas: '0x0',
    parentBeaconBlockRoot: ZERO,
    requestsHash: NO_REQUESTS,
    ...made,
  };
}

/** Quantities are written without leading zeros, zero as nothing; bytes as they are. */
function encodeField(name: string, value: Hex): Buffer {
  return numbers.has(name) ? encodeNumber(value) : encodeString(toBytes(value));
}

function encodeReceipt(transaction: Transaction, index: number, blockBloom: Uint8Array) {
  const bloom = new Uint8Array(BLOOM_BYTES);
  for (const log of transaction.logs) {
    addToBloom(bloom, log.address);
    for (const topic of log.topics) addToBloom(bloom, topic);
  }
  for (let at = 0; at < BLOOM_BYTES; at += 1) blockBloom[at] = (blockBloom[at] ?? 0) | (bloom[at] ?? 0);
  const cumulativeGasUsed = toQuantity((index + 1) * GAS_OF_TRANSACTION);
  const rlp = encodeList([
    encodeString(Buffer.of(1)),
    encodeNumber(cumulativeGasUsed),
    encodeString(bloom),
    encodeList(transaction.logs.map(encodeLog)),
  ]);
  return {
    rlp: Buffer.concat([Buffer.of(2), rlp]),
    logs: transaction.logs,
    receipt: {
      type: '0x2',
      status: '0x1',
      cumulativeGasUsed,
      logsBloom: toHex(bloom),
      transactionHash: transaction.hash,
    } as Json,
  };
}

function encodeLog({ address, topics, data }: LogDraft): Buffer {
  return encodeList([
    encodeString(toBytes(address)),
    encodeList(topics.map((topic) => encodeString(toBytes(topic)))),
    encodeString(toBytes(data)),
  ]);
}

/** Three bits of 2048 for each entry; the same entries come again and again. */
const bits = new Map<Hex, readonly number[]>();
const MAX_REMEMBERED = 50_000;

function addToBloom(bloom: Uint8Array, entry: Hex): void {
  let places = bits.get(entry);
  if (!places) {
    const digest = Buffer.from(keccak256(toBytes(entry)));
    places = [0, 2, 4].map((at) => digest.readUInt16BE(at) & 2047);
    if (bits.size > MAX_REMEMBERED) bits.clear();
    bits.set(entry, places);
  }
  for (const bit of places) {
    const at = BLOOM_BYTES - 1 - (bit >> 3);
    bloom[at] = (bloom[at] ?? 0) | (1 << (bit & 7));
  }
}

function encodeNumber(value: Hex): Buffer {
  if (value === '0x0') return encodeString(Buffer.alloc(0));
  const digits = value.slice(2);
  return encodeString(Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex'));
}

function encodeString(bytes: Uint8Array): Buffer {
  if (bytes.length === 1 && (bytes[0] ?? 0) < 0x80) return Buffer.from(bytes);
  return Buffer.concat([encodeLength(0x80, bytes.length), bytes]);
}

function encodeList(items: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(items);
  return Buffer.concat([encodeLength(0xc0, payload.length), payload]);
}

function encodeLength(base: number, length: number): Buffer {
  if (length < 56) return Buffer.of(base + length);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
  return Buffer.concat([Buffer.of(base + 55 + bytes.length), bytes]);
}

type Leaf = readonly [path: readonly number[], value: Buffer];

/** The Merkle-Patricia root of a list, whose keys are the RLP of the indices. */
function toTrieRoot(values: readonly Buffer[]): Uint8Array {
  const leaves = values.map((value, index): Leaf => [toNibbles(encodeNumber(toQuantity(index))), value]);
  return keccak256(leaves.length === 0 ? encodeString(Buffer.alloc(0)) : encodeNode(leaves));
}

function encodeNode(leaves: readonly Leaf[]): Buffer {
  const [first] = leaves;
  if (!first) return encodeString(Buffer.alloc(0));
  if (leaves.length === 1) return encodeList([encodeString(toPath(first[0], 2)), encodeString(first[1])]);
  let same = 0;
  while (leaves.every(([path]) => path.length > same && path[same] === first[0][same])) same += 1;
  if (same > 0) {
    const below = encodeNode(leaves.map(([path, value]) => [path.slice(same), value]));
    return encodeList([encodeString(toPath(first[0].slice(0, same), 0)), toReference(below)]);
  }
  const children = Array.from({ length: 16 }, (_, nibble) => {
    const under = leaves.filter(([path]) => path[0] === nibble).map(([path, value]): Leaf => [path.slice(1), value]);
    return under.length === 0 ? encodeString(Buffer.alloc(0)) : toReference(encodeNode(under));
  });
  return encodeList([...children, encodeString(leaves.find(([path]) => path.length === 0)?.[1] ?? Buffer.alloc(0))]);
}

function toReference(node: Buffer): Buffer {
  return node.length < 32 ? node : encodeString(keccak256(node));
}

function toPath(nibbles: readonly number[], kind: number): Buffer {
  const padded = nibbles.length % 2 ? [kind + 1, ...nibbles] : [kind, 0, ...nibbles];
  return Buffer.from(padded.map((nibble) => nibble.toString(16)).join(''), 'hex');
}

function toNibbles(bytes: Buffer): readonly number[] {
  return [...bytes.toString('hex')].map((digit) => Number.parseInt(digit, 16));
}
