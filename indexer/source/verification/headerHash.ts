import type { Hex } from '../../../schema/lib/hex.js';
import { keccak256Hex } from './keccak256.js';
import { RlpWriter, Scratch, sizeOfPayload, sizeOfString, toIntegerBytes } from './RlpWriter.js';
import { isAbsent, parseAddress, parseBytes, parseData, parseHash, parseQuantity } from './rpcCodec.js';

/** A block's header as nodes answer; what a fork added is absent or null before it. */
export interface RpcHeader {
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly sha3Uncles: Hex;
  readonly miner: Hex;
  readonly stateRoot: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  readonly logsBloom: Hex;
  readonly difficulty: Hex;
  readonly number: Hex;
  readonly gasLimit: Hex;
  readonly gasUsed: Hex;
  readonly timestamp: Hex;
  readonly extraData: Hex;
  readonly mixHash: Hex;
  readonly nonce: Hex;
  readonly baseFeePerGas?: Hex | null;
  readonly withdrawalsRoot?: Hex | null;
  readonly blobGasUsed?: Hex | null;
  readonly excessBlobGas?: Hex | null;
  readonly parentBeaconBlockRoot?: Hex | null;
  readonly requestsHash?: Hex | null;
  readonly blockAccessListHash?: Hex | null;
  readonly slotNumber?: Hex | null;
}

/**
 * The hash of a header: keccak of its RLP. Equal to `header.hash`, it proves every field that went in; it does not prove
 * that the block is part of the chain, which only its parent link or other witnesses do. Throws MalformedAnswer.
 */
export function headerHash(header: RpcHeader): Hex {
  const fields = leading.map(([name, encode]) => encode(header[name], `header.${name}`));
  let last = trailing.length;
  while (last > 0 && isAbsent(header[trailing[last - 1]?.[0] ?? 'hash'])) last -= 1;
  for (const [name, encode] of trailing.slice(0, last)) {
    // A field that is absent before one that is there is written as empty: go-ethereum's rule for optional fields.
    fields.push(isAbsent(header[name]) ? '0x' : encode(header[name], `header.${name}`));
  }
  const payload = fields.reduce((size, field) => size + sizeOfString(field), 0);
  const writer = new RlpWriter(sizeOfPayload(payload), scratch).list(payload);
  for (const field of fields) writer.string(field);
  return keccak256Hex(writer.finish());
}

/** Fields of an answer that neither go into the hash nor are known to stay out of it: perhaps those of a new fork. */
export function listUnknownFields(header: object): readonly string[] {
  return Object.entries(header).flatMap(([name, value]) => (known.has(name) || isAbsent(value) ? [] : [name]));
}

const scratch = new Scratch();

type Field = readonly [name: keyof RpcHeader, encode: (value: unknown, field: string) => Hex];

const integer = (maxBytes: number) => (value: unknown, field: string) =>
  toIntegerBytes(parseQuantity(value, field, maxBytes));
const data = (bytes: number) => (value: unknown, field: string) => parseData(value, field, bytes);

/** go-ethereum takes no more either (Header.SanityCheck). */
const MAX_EXTRA_BYTES = 102_400;

const leading: readonly Field[] = [
  ['parentHash', parseHash],
  ['sha3Uncles', parseHash],
  ['miner', parseAddress],
  ['stateRoot', parseHash],
  ['transactionsRoot', parseHash],
  ['receiptsRoot', parseHash],
  ['logsBloom', data(256)],
  ['difficulty', integer(32)],
  ['number', integer(8)],
  ['gasLimit', integer(8)],
  ['gasUsed', integer(8)],
  ['timestamp', integer(8)],
  ['extraData', (value, field) => parseBytes(value, field, MAX_EXTRA_BYTES)],
  ['mixHash', parseHash],
  ['nonce', data(8)],
];

/**
 * What forks appended, in the order of ethereum/go-ethereum core/types/block.go @ 02b73d4; a later fork is one more
 * line. OP-stack headers are the same (withdrawalsRoot since Canyon, requestsHash, of nothing, since Isthmus:
 * ethereum-optimism/specs, isthmus/exec-engine), and so are those of Arbitrum Nitro (OffchainLabs/go-ethereum
 * core/types/block.go @ 49b38a6), which set no field after baseFeePerGas so far and answer with sendRoot, sendCount and
 * l1BlockNumber beside extraData and mixHash, where the header holds them.
 */
const trailing: readonly Field[] = [
  ['baseFeePerGas', integer(32)], // London
  ['withdrawalsRoot', parseHash], // Shanghai
  ['blobGasUsed', integer(8)], // Cancun
  ['excessBlobGas', integer(8)],
  ['parentBeaconBlockRoot', parseHash],
  ['requestsHash', parseHash], // Prague
  ['blockAccessListHash', parseHash], // Amsterdam
  ['slotNumber', integer(8)],
];

/** What answers hold beside the header. */
const beside = [
  ...['hash', 'size', 'totalDifficulty', 'transactions', 'uncles', 'withdrawals', 'author', 'sealFields'],
  ...['sendRoot', 'sendCount', 'l1BlockNumber'],
];
const known: ReadonlySet<string> = new Set([...leading, ...trailing].map(([name]) => name as string).concat(beside));
