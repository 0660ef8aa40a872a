import { readFileSync } from 'node:fs';
import { toHex } from '../../../schema/lib/hex.js';
import { describeWithShared, toSharedPath } from '../../../test/sharedData.js';
import { logsBloom } from './bloom.js';
import { getChainRules } from './chainRules.js';
import { parseReceipt, type RpcReceipt } from './parseReceipt.js';
import { encodeReceipt, findLimit, receiptsRoot } from './receiptsRoot.js';

const ethereum = getChainRules(1);
const opStack = getChainRules(10);
const arbitrum = getChainRules(42_161);
const noBloom = `0x${'00'.repeat(256)}` as const;

const plain: RpcReceipt = { type: '0x2', status: '0x1', cumulativeGasUsed: '0x5208', logsBloom: noBloom, logs: [] };

describe('receiptsRoot', () => {
  it('is that of nothing for an empty block', () => {
    expect(receiptsRoot([], ethereum)).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
  });

  it('is that of the first transaction on mainnet, whose receipt holds a state root (block 46,147)', () => {
    const root = '0x96a8e009d2b88b1483e6941e6812e32263b05683fac202abc622a3e31aed1957';
    expect(receiptsRoot([{ root, cumulativeGasUsed: '0x5208', logsBloom: noBloom, logs: [] }], ethereum)).toBe(
      '0xfe2bf2a941abf41d72637e5b91750332a30283efd40c424dc522b77e6f0ed8c4',
    );
  });

  it('is that of an OP-stack block with one deposit (block 274 in headerHash.test.ts)', () => {
    const deposit = { ...plain, type: '0x7e', cumulativeGasUsed: '0xb76d', depositNonce: '0x111' } as const;
    const root = '0x8c303881b3e408cc739f55ef3e5133075d552cbec9ee987aff6b71f58cf291ee';
    expect(receiptsRoot([{ ...deposit, depositReceiptVersion: '0x1' }], opStack)).toBe(root);
    expect(receiptsRoot([{ ...deposit, depositReceiptVersion: '0x1' }], ethereum)).not.toBe(root);
    expect(receiptsRoot([deposit], opStack)).not.toBe(root);
  });

  it('is that of an Arbitrum block of before Nitro (block 16,464,264 in headerHash.test.ts)', () => {
    const classic = { ...plain, type: '0x78', cumulativeGasUsed: '0x0' } as const;
    const root = '0xf5f7c8ceaa7dbf8aad936af1c22107680d622fc707bfd053a2240aa3cbd83ea3';
    expect(receiptsRoot([classic], arbitrum)).toBe(root);
    expect(receiptsRoot([classic], ethereum)).not.toBe(root);
  });

  it('leaves the nonce of a deposit out where there is no version, as before Canyon', () => {
    const deposit = { ...plain, type: '0x7e' } as const;
    expect(receiptsRoot([{ ...deposit, depositNonce: '0x111' }], opStack)).toBe(receiptsRoot([deposit], opStack));
  });

  it('writes each type with its byte in front, and the legacy one without', () => {
    const list = (type: `0x${string}`) => toHex(encodeReceipt(parseReceipt({ ...plain, type }), arbitrum));
    const legacy = list('0x0');
    for (const type of ['0x1', '0x2', '0x3', '0x4', '0x64', '0x65', '0x66', '0x68', '0x69', '0x6a'] as const) {
      expect(list(type)).toBe(`0x${type.slice(2).padStart(2, '0')}${legacy.slice(2)}`);
    }
  });

  it('takes an unknown type to have the common form, and says that it is unknown', () => {
    const receipt = parseReceipt({ ...plain, type: '0x7e' });
    expect(encodeReceipt(receipt, ethereum)[0]).toBe(0x7e);
    expect(findLimit([receipt], ethereum)).toBe('Receipts have types not known here: 0x7e.');
    expect(findLimit([receipt], opStack)).toBeUndefined();
  });

  it('computes the bloom where the node leaves it out', () => {
    const logs = [{ address: `0x${'11'.repeat(20)}`, topics: [`0x${'22'.repeat(32)}`], data: '0x33' }] as const;
    const given = { ...plain, logs, logsBloom: toHex(logsBloom(logs)) };
    expect(receiptsRoot([{ ...plain, logs, logsBloom: null }], ethereum)).toBe(receiptsRoot([given], ethereum));
  });

  it.each<[Partial<Record<keyof RpcReceipt, unknown>>, string]>([
    [{ status: '0x2' }, 'receipts[0].status: expected 0x0 or 0x1, got 0x2.'],
    [{ status: undefined }, 'receipts[0].status: expected a quantity'],
    [{ type: '0xc0' }, 'receipts[0].type: expected a type of at most 0x7f, got 0xc0.'],
    [{ cumulativeGasUsed: '21000' }, 'receipts[0].cumulativeGasUsed: expected a quantity'],
    [{ root: '0x1234' }, 'receipts[0].root: expected 32 bytes in hex'],
    [{ logs: null }, 'receipts[0].logs: expected a list of at most 1000000 entries, got null.'],
    [{ logsBloom: '0x00' }, 'receipts[0].logsBloom: expected 256 bytes in hex, got "0x00".'],
    [{ logs: [{ address: '0x', topics: [], data: '0x' }] }, 'receipts[0].logs[0].address: expected 20 bytes in hex'],
    [
      { logs: [{ address: `0x${'00'.repeat(20)}`, topics: Array(5).fill(`0x${'00'.repeat(32)}`), data: '0x' }] },
      'receipts[0].logs[0].topics: expected a list of at most 4 entries, got a list of 5.',
    ],
  ])('refuses %j by name', (fault, message) => {
    expect(() => receiptsRoot([{ ...plain, ...fault } as RpcReceipt], ethereum)).toThrow(message);
  });
});

interface Oracle {
  readonly id: string;
  readonly inputs: { readonly receipts: readonly OracleReceipt[]; readonly encodedReceipts: readonly string[] };
  readonly expected: Readonly<Record<string, string>>;
}
type OracleReceipt = Pick<RpcReceipt, 'logs'> & Readonly<Record<'type' | 'status' | 'cumulativeGasUsed', number>>;

const oracles = '../oracles/metric-oracles.json';

describeWithShared(oracles, 'oracle RPC-01', () => {
  const list: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath(oracles), 'utf8'));
  const { inputs, expected } = getOracle(list, 'RPC-01');
  const receipts: readonly RpcReceipt[] = inputs.receipts.map((receipt) => ({
    type: `0x${receipt.type.toString(16)}`,
    status: `0x${receipt.status.toString(16)}`,
    cumulativeGasUsed: `0x${receipt.cumulativeGasUsed.toString(16)}`,
    logs: receipt.logs,
  }));
  const [first, second] = receipts;

  it('has the encodings, the bloom and the root', () => {
    const encoded = receipts.map((receipt) => toHex(encodeReceipt(parseReceipt(receipt), ethereum)));
    expect(encoded).toEqual(inputs.encodedReceipts);
    expect(toHex(logsBloom(receipts.flatMap(({ logs }) => logs)))).toBe(expected.logsBloom);
    expect(receiptsRoot(receipts, ethereum)).toBe(expected.receiptsRoot);
    expect(receiptsRoot([], ethereum)).toBe(expected.emptyReceiptsRoot);
  });

  it('has another root when the log is left out, with its bloom or without', () => {
    const bloom = toHex(logsBloom(first?.logs ?? []));
    const omit = (logsBloom: `0x${string}`) => [{ ...first, logs: [], logsBloom }, second] as readonly RpcReceipt[];
    expect(receiptsRoot(omit(bloom), ethereum)).toBe(expected.rootIfLogOmitted);
    expect(receiptsRoot(omit(noBloom), ethereum)).toBe(expected.rootIfLogAndBloomOmitted);
  });
});

function getOracle(list: readonly Oracle[], id: string): Oracle {
  const oracle = list.find((candidate) => candidate.id === id);
  if (!oracle) throw new Error(`no oracle ${id}`);
  return oracle;
}

const [block, answer] = ['ethereum/eth_24666352_block.json', 'ethereum/eth_24666352_receipts.json'];

describeWithShared(answer, 'receipts of mainnet block 24,666,352', () => {
  it('have the root and the bloom of the header', () => {
    const header = JSON.parse(readFileSync(toSharedPath(block), 'utf8'));
    const receipts: readonly RpcReceipt[] = JSON.parse(readFileSync(toSharedPath(answer), 'utf8'));
    expect(receipts).toHaveLength(308);
    expect(receiptsRoot(receipts, ethereum)).toBe(header.receiptsRoot);
    expect(
      receiptsRoot(
        receipts.map((receipt) => ({ ...receipt, logsBloom: null })),
        ethereum,
      ),
    ).toBe(header.receiptsRoot);
    expect(toHex(logsBloom(receipts.flatMap(({ logs }) => logs)))).toBe(header.logsBloom);
  });
});
