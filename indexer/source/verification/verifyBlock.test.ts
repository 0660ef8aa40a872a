import { readFileSync } from 'node:fs';
import { type Hex, toHex } from '../../../schema/lib/hex.js';
import { describeWithShared, toSharedPath } from '../../../test/sharedData.js';
import { logsBloom } from './bloom.js';
import { getChainRules } from './chainRules.js';
import { headerHash, type RpcHeader } from './headerHash.js';
import type { RpcReceipt } from './parseReceipt.js';
import { receiptsRoot } from './receiptsRoot.js';
import { type RefusalReason, refusalReasons } from './verdict.js';
import { type BlockAnswers, verifyBlock } from './verifyBlock.js';

const rules = getChainRules(1);
const word = (digits: string): Hex => `0x${digits.repeat(32)}`;
const [hub, token, stranger] = ['aa', 'bb', 'cc'].map((digits): Hex => `0x${digits.repeat(20)}`) as [Hex, Hex, Hex];
const contents = [
  { address: hub, topics: [word('01'), word('02')], data: '0x0a' },
  { address: token, topics: [word('03')], data: '0x0b' },
  { address: hub, topics: [word('01'), word('04')], data: '0x0c' },
] as const;

/** Three transactions: logs 0 and 1, none, log 2. */
function buildReceipts(): RpcReceipt[] {
  return [contents.slice(0, 2), [], contents.slice(2)].map((logs, index) => ({
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: `0x${(index + 1).toString(16)}`,
    logsBloom: toHex(logsBloom(logs)),
    logs,
    transactionHash: word(`f${index}`),
  }));
}

function buildHeader(receipts: readonly RpcReceipt[], change: Partial<RpcHeader> = {}): RpcHeader {
  const empty = { hash: word('00'), miner: stranger, nonce: `0x${'00'.repeat(8)}`, extraData: '0x' } as const;
  const roots = { sha3Uncles: word('51'), stateRoot: word('52'), transactionsRoot: word('53'), mixHash: word('54') };
  const header: RpcHeader = {
    ...{ ...empty, ...roots, parentHash: word('50'), number: '0x64', timestamp: '0x65', gasLimit: '0x66' },
    ...{ gasUsed: '0x3', difficulty: '0x0', baseFeePerGas: '0x7' },
    receiptsRoot: receiptsRoot(receipts, rules),
    logsBloom: toHex(logsBloom(receipts.flatMap(({ logs }) => logs))),
    ...change,
  };
  return { ...header, hash: headerHash(header) };
}

const receipts = buildReceipts();
const header = buildHeader(receipts);

function toAnswer(logIndex: number, change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const txIndex = logIndex < 2 ? 0 : 2;
  const where = { blockHash: header.hash, blockNumber: header.number, blockTimestamp: header.timestamp };
  const tx = { transactionHash: word(`f${txIndex}`), transactionIndex: `0x${txIndex}` };
  return { ...contents[logIndex], ...where, ...tx, logIndex: `0x${logIndex}`, removed: false, ...change };
}

function build(change: Partial<BlockAnswers> = {}): BlockAnswers {
  const filter = { addresses: [hub] };
  return { header, receipts, logs: [toAnswer(0), toAnswer(2)], filter, policy: 'exact', rules, ...change };
}

describe('verifyBlock', () => {
  it('accepts an honest block as exact, with its logs and header', () => {
    const verdict = verifyBlock(build({ hash: header.hash, height: 100, parentHash: header.parentHash }));
    expect(verdict).toEqual({
      kind: 'ok',
      level: 'exact',
      header: { height: 100, hash: header.hash, parentHash: header.parentHash, time: new Date(101_000) },
      logs: [0, 2].map((logIndex) => ({
        ...{ height: 100, blockHash: header.hash, txHash: word(`f${logIndex}`), txIndex: logIndex, logIndex },
        ...contents[logIndex],
      })),
    });
  });

  it('proves absence by the header alone', () => {
    const none = build({ receipts: undefined, logs: [], filter: { addresses: [stranger] } });
    expect(verifyBlock(none)).toMatchObject({ kind: 'ok', level: 'exact', logs: [] });
  });

  it('asks for receipts where only they can tell', () => {
    expect(verifyBlock(build({ receipts: undefined }))).toMatchObject({ kind: 'needsReceipts', suspects: [] });
    expect(verifyBlock(build({ receipts: undefined, logs: [] }))).toMatchObject({
      kind: 'needsReceipts',
      suspects: [hub],
    });
  });

  it('accepts an empty block with no receipts', () => {
    const empty = buildHeader([]);
    const answers = build({ header: empty, receipts: [], logs: [], filter: { addresses: [] } });
    expect(empty.receiptsRoot).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
    expect(verifyBlock(answers)).toMatchObject({ kind: 'ok', level: 'exact' });
    expect(verifyBlock({ ...answers, receipts: undefined })).toMatchObject({ kind: 'ok', level: 'exact' });
  });

  it('looks at nothing but the form where verification is off, and says so', () => {
    const off = build({ policy: 'off', receipts: undefined, header: { ...header, stateRoot: word('ee') } });
    expect(verifyBlock(off)).toMatchObject({ kind: 'ok', level: 'none' });
    expect(verifyBlock({ ...off, logs: [toAnswer(0), toAnswer(0)] })).toMatchObject({ reason: 'duplicate' });
  });

  const altered = (index: number, change: Partial<RpcReceipt>) =>
    receipts.map((receipt, at) => (at === index ? { ...receipt, ...change } : receipt));
  const faults: readonly (readonly [RefusalReason, string, Partial<BlockAnswers>])[] = [
    ['malformed', 'no header', { header: null as never }],
    ['malformed', 'a decimal height', { header: { ...header, number: 100 as never } }],
    ['malformed', 'no list of logs', { logs: null as never }],
    ['malformed', 'an odd byte', { logs: [toAnswer(0, { data: '0x0' }), toAnswer(2)] }],
    ['malformed', 'receipts without hashes', { receipts: altered(0, { transactionHash: null }) }],
    ['headerHashMismatch', 'another state root', { header: { ...header, stateRoot: word('ee') } }],
    ['headerHashMismatch', 'another bloom', { header: { ...header, logsBloom: `0x${'00'.repeat(256)}` } }],
    ['wrongBlock', 'another hash than asked for', { hash: word('ee') }],
    ['wrongBlock', 'another height than asked for', { height: 101 }],
    ['wrongBlock', 'a log of another block', { logs: [toAnswer(0, { blockHash: word('ee') }), toAnswer(2)] }],
    ['wrongBlock', 'a log of another height', { logs: [toAnswer(0, { blockNumber: '0x65' }), toAnswer(2)] }],
    ['wrongBlock', 'a log of another time', { logs: [toAnswer(0, { blockTimestamp: '0x1' }), toAnswer(2)] }],
    ['parentMismatch', 'a block of another branch', { parentHash: word('ee') }],
    ['removed', 'a removed log', { logs: [toAnswer(0, { removed: true }), toAnswer(2)] }],
    ['duplicate', 'a log twice', { logs: [toAnswer(0), toAnswer(2), toAnswer(0)] }],
    ['wrongOrder', 'logs in another order', { logs: [toAnswer(2), toAnswer(0)] }],
    ['outsideFilter', 'a log of another contract', { logs: [toAnswer(0), toAnswer(1), toAnswer(2)] }],
    [
      'bloomMissing',
      'an invented topic, without receipts',
      { logs: [toAnswer(0, { topics: [word('09')] }), toAnswer(2)], receipts: undefined, policy: 'superset' },
    ],
    ['logNotInReceipts', 'an invented topic', { logs: [toAnswer(0, { topics: [word('09')] }), toAnswer(2)] }],
    [
      'bloomMismatch',
      "a header whose bloom is not its receipts'",
      withBloom(logsBloom([...contents, { ...contents[0], address: stranger }])),
    ],
    ['receiptsRootMismatch', 'a receipt left out', { receipts: receipts.slice(1) }],
    ['receiptsRootMismatch', 'receipts in another order', { receipts: [...receipts].reverse() }],
    ['receiptsRootMismatch', 'another status', { receipts: altered(1, { status: '0x0' }) }],
    ['receiptsRootMismatch', 'a log left out of both', { logs: [toAnswer(0)], receipts: altered(2, { logs: [] }) }],
    ['logNotInReceipts', 'an altered byte', { logs: [toAnswer(0, { data: '0x0d' }), toAnswer(2)] }],
    ['logNotInReceipts', 'a topic left out', { logs: [toAnswer(0, { topics: [word('01')] }), toAnswer(2)] }],
    ['logNotInReceipts', 'another transaction', { logs: [toAnswer(0, { transactionIndex: '0x1' }), toAnswer(2)] }],
    [
      'logNotInReceipts',
      "another transaction's hash",
      { logs: [toAnswer(0, { transactionHash: word('ee') }), toAnswer(2)] },
    ],
    ['logNotInReceipts', 'another log index', { logs: [toAnswer(0), toAnswer(2, { logIndex: '0x3' })] }],
    ['logMissing', 'a log left out', { logs: [toAnswer(2)] }],
    ['logMissing', 'all logs left out', { logs: [] }],
  ];

  function withBloom(bloom: Buffer): Partial<BlockAnswers> {
    const claimed = buildHeader(receipts, { logsBloom: toHex(bloom) });
    return {
      header: claimed,
      logs: [toAnswer(0, { blockHash: claimed.hash }), toAnswer(2, { blockHash: claimed.hash })],
    };
  }

  it.each(faults)('refuses for %s: %s', (reason, _, change) => {
    expect(verifyBlock(build(change))).toMatchObject({ kind: 'refused', reason });
  });

  it('has a test for every reason', () => {
    expect(new Set(faults.map(([reason]) => reason))).toEqual(new Set(Object.keys(refusalReasons)));
  });

  it('says when the fault may be its own: a field or a type it does not know', () => {
    const unknownField = { ...header, hash: word('ee'), newRoot: word('01') };
    expect(verifyBlock(build({ header: unknownField }))).toMatchObject({
      reason: 'headerHashMismatch',
      limit: 'The header has fields not known here: newRoot.',
    });
    expect(verifyBlock(build({ receipts: altered(1, { type: '0x7e' }) }))).toMatchObject({
      reason: 'receiptsRootMismatch',
      limit: 'Receipts have types not known here: 0x7e.',
    });
  });
});

describe('verifyBlock with headers and blooms only', () => {
  const superset = (change: Partial<BlockAnswers> = {}) =>
    verifyBlock(build({ receipts: undefined, policy: 'superset', ...change }));

  it('accepts an honest block as a superset, and as exact where receipts are there', () => {
    expect(superset()).toMatchObject({ kind: 'ok', level: 'superset' });
    expect(superset({ receipts })).toMatchObject({ kind: 'ok', level: 'exact' });
  });

  it('suspects every contract, or topic, or any log at all, that the bloom has and no log shows', () => {
    const both = { addresses: [hub, token] };
    expect(superset({ filter: both })).toMatchObject({ kind: 'needsReceipts', suspects: [token] });
    const topics = { addresses: [], topics: [[word('01'), word('03')]] };
    expect(superset({ filter: topics })).toMatchObject({ kind: 'needsReceipts', suspects: [word('03')] });
    const also = { addresses: [hub], also: { addresses: [token], topics: [[word('03')]] } };
    expect(superset({ filter: also })).toMatchObject({ kind: 'needsReceipts', suspects: [token] });
    const absent = { addresses: [hub], also: { addresses: [token], topics: [[word('77')]] } };
    expect(superset({ filter: absent })).toMatchObject({ kind: 'ok', level: 'superset' });
    expect(superset({ filter: { addresses: [] } })).toMatchObject({ kind: 'needsReceipts', suspects: [] });
    expect(superset({ filter: { addresses: [] }, logs: [0, 1, 2].map((at) => toAnswer(at)) })).toMatchObject({
      kind: 'ok',
    });
  });

  it.each([
    ['an altered byte of data', [toAnswer(0, { data: '0x0d' }), toAnswer(2)]],
    ['one of several logs of a contract left out', [toAnswer(0)]],
    ['contents that changed places', [toAnswer(0, contents[2]), toAnswer(2, contents[0])]],
    ['a log made of entries the block has', [toAnswer(0), toAnswer(1, contents[0]), toAnswer(2)]],
    ['an altered index or hash of the transaction', [toAnswer(0, { transactionHash: word('ee') }), toAnswer(2)]],
  ])('lets pass what only exact catches: %s', (_, logs) => {
    expect(superset({ logs })).toMatchObject({ kind: 'ok', level: 'superset' });
    expect(verifyBlock(build({ logs }))).toMatchObject({ kind: 'refused' });
  });
});

const [blockFile, receiptsFile] = ['ethereum/eth_24666352_block.json', 'ethereum/eth_24666352_receipts.json'];

describeWithShared(receiptsFile, 'verifyBlock of mainnet block 24,666,352', () => {
  const block: RpcHeader = JSON.parse(readFileSync(toSharedPath(blockFile), 'utf8'));
  const answered: readonly RpcReceipt[] = JSON.parse(readFileSync(toSharedPath(receiptsFile), 'utf8'));
  const logs = answered.flatMap((receipt) => receipt.logs);
  const answers: BlockAnswers = { ...build(), header: block, receipts: answered, logs, filter: { addresses: [] } };

  it('is exact for all logs, for those of one contract and for those of one event', () => {
    expect(verifyBlock(answers)).toMatchObject({ kind: 'ok', level: 'exact' });
    const [usdt, transfer] = [
      '0xdac17f958d2ee523a2206206994597c13d831ec7',
      '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
    ] as const;
    const ofUsdt = logs.filter(({ address }) => address === usdt);
    const transfers = logs.filter(({ topics }) => topics[0] === transfer);
    expect([ofUsdt.length > 10, transfers.length > 100]).toEqual([true, true]);
    for (const [filter, some] of [
      [{ addresses: [usdt] }, ofUsdt],
      [{ addresses: [], topics: [[transfer]] }, transfers],
    ] as const) {
      const verdict = verifyBlock({ ...answers, filter, logs: some });
      expect(verdict).toMatchObject({ kind: 'ok', level: 'exact' });
      expect(verdict.kind === 'ok' && verdict.logs.length).toBe(some.length);
      expect(verifyBlock({ ...answers, filter, logs: some.slice(1) })).toMatchObject({ reason: 'logMissing' });
    }
  });

  it('fills the bloom with its logs, and with one fewer does not', () => {
    const superset = { ...answers, receipts: undefined, policy: 'superset' } as const;
    expect(verifyBlock(superset)).toMatchObject({ kind: 'ok', level: 'superset' });
    const rare = logs.findIndex(
      (log) => !toHex(logsBloom(logs.filter((other) => other !== log))).startsWith(block.logsBloom),
    );
    expect(rare).toBeGreaterThanOrEqual(0);
    expect(verifyBlock({ ...superset, logs: logs.filter((_, at) => at !== rare) })).toMatchObject({
      kind: 'needsReceipts',
    });
  });
});
