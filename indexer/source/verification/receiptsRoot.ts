import type { Hex } from '../../../schema/lib/hex.js';
import type { ChainRules } from './chainRules.js';
import type { LogContent } from './parseLog.js';
import { parseReceipt, type Receipt, type RpcReceipt } from './parseReceipt.js';
import { RlpWriter, Scratch, sizeOfBuffer, sizeOfPayload, sizeOfString } from './RlpWriter.js';
import { parseEach } from './rpcCodec.js';
import { listRoot } from './trieRoot.js';

export type ReceiptRules = Pick<ChainRules, 'receiptForms'>;

/** The root of a block's receipts, in the order of its transactions. Throws MalformedAnswer. */
export function receiptsRoot(receipts: readonly RpcReceipt[], rules: ReceiptRules): Hex {
  return toReceiptsRoot(parseEach(receipts, 'receipts', parseReceipt), rules);
}

export function toReceiptsRoot(receipts: readonly Receipt[], rules: ReceiptRules): Hex {
  return listRoot(receipts, (receipt) => encodeReceipt(receipt, rules, scratch));
}

/** Each receipt is hashed before the next one is encoded. */
const scratch = new Scratch();

/** Why a wrong root may be this version's knowledge and not the endpoint's fault. */
export function findLimit(receipts: readonly Receipt[], rules: ReceiptRules): string | undefined {
  const types = [...new Set(receipts.map(({ type }) => type))];
  const unknown = types.filter((type) => !rules.receiptForms.has(type)).map((type) => `0x${type.toString(16)}`);
  if (unknown.length > 0) return `Receipts have types not known here: ${unknown.join(', ')}.`;
  // Held against the roots of few real blocks.
  const classic = types.some((type) => rules.receiptForms.get(type) === 'classic');
  return classic ? 'Receipts are of before Nitro, whose form is known by few examples.' : undefined;
}

/**
 * The consensus form: the RLP of the fields, behind the type's byte where there is one. A type that is not known is taken
 * to have the form most have, and the root tells.
 */
export function encodeReceipt(receipt: Receipt, rules: ReceiptRules, into?: Scratch): Buffer {
  const form = rules.receiptForms.get(receipt.type) ?? 'typed';
  const typeSize = form === 'typed' || form === 'deposit' ? 1 : 0;
  // Before Nitro a byte of zero stood where the status stands.
  const outcome = form === 'classic' ? '0x00' : receipt.outcome;
  const tail = form === 'deposit' ? toDepositTail(receipt) : [];
  const logsPayload = receipt.logs.reduce((size, log) => size + sizeOfPayload(toLogPayload(log)), 0);
  const payload =
    sizeOfString(outcome) +
    sizeOfString(receipt.cumulativeGas) +
    sizeOfBuffer(receipt.bloom) +
    sizeOfPayload(logsPayload) +
    tail.reduce((size, field) => size + sizeOfString(field), 0);
  const writer = new RlpWriter(typeSize + sizeOfPayload(payload), into);
  if (typeSize > 0) writer.byte(receipt.type);
  writer.list(payload).string(outcome).string(receipt.cumulativeGas).buffer(receipt.bloom).list(logsPayload);
  for (const log of receipt.logs) writeLog(writer, log);
  for (const field of tail) writer.string(field);
  return writer.finish();
}

/** Before Canyon, which brought the version, the root was taken without the nonce although receipts held it. */
function toDepositTail({ depositNonce, depositVersion }: Receipt): readonly Hex[] {
  return depositVersion === undefined ? [] : [depositNonce ?? '0x', depositVersion];
}

const TOPIC_SIZE = 33;
const ADDRESS_SIZE = 21;

function toLogPayload({ topics, data }: LogContent): number {
  return ADDRESS_SIZE + sizeOfPayload(topics.length * TOPIC_SIZE) + sizeOfString(data);
}

function writeLog(writer: RlpWriter, log: LogContent): void {
  writer
    .list(toLogPayload(log))
    .string(log.address)
    .list(log.topics.length * TOPIC_SIZE);
  for (const topic of log.topics) writer.string(topic);
  writer.string(log.data);
}
