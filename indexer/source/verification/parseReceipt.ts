import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import { logsBloom } from './bloom.js';
import { type LogContent, parseLogContent } from './parseLog.js';
import { toIntegerBytes } from './RlpWriter.js';
import {
  isAbsent,
  MalformedAnswer,
  parseData,
  parseEach,
  parseHash,
  parseList,
  parseNumber,
  parseObject,
  parseQuantity,
} from './rpcCodec.js';

/** A receipt as nodes answer: `status` since Byzantium, `root` before; the deposit's fields on OP-stack chains. */
export interface RpcReceipt {
  readonly type?: Hex | null;
  readonly status?: Hex | null;
  readonly root?: Hex | null;
  readonly cumulativeGasUsed: Hex;
  readonly logsBloom?: Hex | null;
  readonly logs: readonly { readonly address: Hex; readonly topics: readonly Hex[]; readonly data: Hex }[];
  readonly transactionHash?: Hex | null;
  readonly depositNonce?: Hex | null;
  readonly depositReceiptVersion?: Hex | null;
}

/** What of a receipt the trie holds, numbers as RLP writes them; and the transaction's hash, which it does not hold. */
export interface Receipt {
  readonly type: number;
  readonly outcome: Hex;
  readonly cumulativeGas: Hex;
  readonly bloom: Buffer;
  readonly logs: readonly LogContent[];
  readonly depositNonce: Hex | undefined;
  readonly depositVersion: Hex | undefined;
  readonly txHash: Hex | undefined;
}

/** Throws MalformedAnswer, in words that continue the receipt's place in the answer. */
export function parseReceipt(value: unknown): Receipt {
  const answer = parseObject(value, 'receipt');
  const logs = parseEach(parseList(answer.logs, 'logs', MAX_LOGS), 'logs', parseLogContent);
  return {
    type: parseType(answer.type),
    outcome: parseOutcome(answer),
    cumulativeGas: parseInteger(answer.cumulativeGasUsed, 'cumulativeGasUsed'),
    // A node's own bloom is as good as ours where the root agrees: it went into the root.
    bloom: isAbsent(answer.logsBloom) ? logsBloom(logs) : toBytes(parseData(answer.logsBloom, 'logsBloom', 256)),
    logs,
    depositNonce: parseOptional(answer.depositNonce, 'depositNonce', parseInteger),
    depositVersion: parseOptional(answer.depositReceiptVersion, 'depositReceiptVersion', parseInteger),
    txHash: parseOptional(answer.transactionHash, 'transactionHash', parseHash),
  };
}

/** Beyond what the gas of any block pays for. */
const MAX_LOGS = 1_000_000;
/** EIP-2718 keeps types below where RLP lists begin, so that no typed receipt reads as a legacy one. */
const MAX_TYPE = 0x7f;

/** Nodes of before Berlin know no types. */
function parseType(value: unknown): number {
  if (isAbsent(value)) return 0;
  const type = parseNumber(value, 'type');
  if (type > MAX_TYPE) throw new MalformedAnswer(`type: expected a type of at most 0x7f, got 0x${type.toString(16)}.`);
  return type;
}

/** The state root of before Byzantium, else the status; some nodes give an empty root beside the status. */
function parseOutcome(answer: Readonly<Record<string, unknown>>): Hex {
  if (!isAbsent(answer.root) && answer.root !== '0x') return parseHash(answer.root, 'root');
  const status = parseNumber(answer.status, 'status');
  if (status > 1) throw new MalformedAnswer(`status: expected 0x0 or 0x1, got 0x${status.toString(16)}.`);
  return status === 1 ? '0x01' : '0x';
}

function parseInteger(value: unknown, field: string): Hex {
  return toIntegerBytes(parseQuantity(value, field, 8));
}

function parseOptional<T>(value: unknown, field: string, parse: (value: unknown, field: string) => T): T | undefined {
  return isAbsent(value) ? undefined : parse(value, field);
}
