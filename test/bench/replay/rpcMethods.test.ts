import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const { loadChain } = await import(new URL('./loadChain.mjs', import.meta.url).pathname);
const { createMethods } = await import(new URL('./rpcMethods.mjs', import.meta.url).pathname);

const market = `0x${'a'.repeat(40)}`;
const other = `0x${'b'.repeat(40)}`;
const hash = (height: number) => `0x${String(height).padStart(64, '0')}`;

/** Ten blocks; block n holds n logs in two transactions, by turns of the market and of another contract. */
const blocks = Array.from({ length: 10 }, (_, height) => {
  const logs = Array.from({ length: height }, (_, index) => ({
    address: index % 2 === 0 ? market : other,
    topics: [`0x${index % 3}`, `0x${index}`],
    data: '0x',
    blockNumber: `0x${height}`,
    logIndex: `0x${index}`,
    blockTimestamp: '0x1',
  }));
  const receipts = [logs.slice(0, 2), logs.slice(2)].map((own, index) => ({
    transactionIndex: index,
    logs: own,
    status: '0x1',
  }));
  const transactions = receipts.map((_, index) => ({ hash: `${hash(height)}${index}` }));
  return { block: { number: `0x${height}`, hash: hash(height), transactions }, receipts };
});

const folder = mkdtempSync(join(tmpdir(), 'computescan-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openNode(more: object = {}, options = { logTime: false }) {
  writeFileSync(join(folder, 'chain.ndjson.gz'), gzipSync(blocks.map((block) => JSON.stringify(block)).join('\n')));
  const settings = { head: 9, safeDepth: 2, finalDepth: 4, maxRange: 0, maxLogs: 0, maxBytes: 0, ...more };
  const methods = createMethods({ chain: await loadChain(folder, options), chainId: 7, settings, stats: { logs: 0 } });
  return (method: string, ...params: readonly unknown[]) =>
    JSON.parse(Buffer.concat(methods[method](params)).toString('latin1'));
}

const logsOf = (...heights: readonly number[]) =>
  heights.flatMap((height) => blocks[height]?.receipts.flatMap((receipt) => receipt.logs) ?? []);
const withoutTime = (logs: readonly { readonly blockTimestamp: string }[]) =>
  logs.map(({ blockTimestamp: _, ...log }) => log);

describe('replay node', () => {
  it('answers logs by range, contract and topics, as they were recorded', async () => {
    const node = await openNode();
    const range = { fromBlock: '0x3', toBlock: '0x5' };
    const all = withoutTime(logsOf(3, 4, 5));
    expect(node('eth_getLogs', range)).toEqual(all);
    const ofMarket = withoutTime(logsOf(3, 4, 5).filter((log) => log.address === market));
    expect(node('eth_getLogs', { ...range, address: market.toUpperCase().replace('0X', '0x') })).toEqual(ofMarket);
    const byTopics = withoutTime(logsOf(3, 4, 5).filter((log) => log.topics[0] === '0x1' && log.topics[1] === '0x4'));
    expect(node('eth_getLogs', { ...range, topics: [['0x1', '0x9'], '0x4'] })).toEqual(byTopics);
    expect(node('eth_getLogs', { ...range, topics: ['0x99'] })).toEqual([]);
  });

  it('answers logs of a block by its hash, and refuses one that it does not show', async () => {
    const node = await openNode({ head: 6 });
    expect(node('eth_getLogs', { blockHash: hash(6) })).toEqual(withoutTime(logsOf(6)));
    expect(() => node('eth_getLogs', { blockHash: hash(7) })).toThrow('unknown block');
  });

  it('shows times in logs only when told to', async () => {
    const node = await openNode({}, { logTime: true });
    expect(node('eth_getLogs', { fromBlock: '0x3', toBlock: '0x3' })).toEqual(logsOf(3));
  });

  it('keeps what lies above its head to itself', async () => {
    const node = await openNode({ head: 6 });
    expect(node('eth_blockNumber')).toBe('0x6');
    expect(node('eth_getBlockByNumber', '0x7', false)).toBeNull();
    expect(node('eth_getBlockByHash', hash(7), false)).toBeNull();
    expect(node('eth_getLogs', { fromBlock: '0x6', toBlock: '0x9' })).toEqual(withoutTime(logsOf(6)));
    expect(node('eth_getBlockByNumber', 'safe', false).number).toBe('0x4');
    expect(node('eth_getBlockByNumber', 'finalized', false).number).toBe('0x2');
  });

  it('gives receipts with their own logs, alone and by block', async () => {
    const node = await openNode();
    const receipts = blocks[5]?.receipts.map((receipt) => ({ ...receipt, logs: withoutTime(receipt.logs) }));
    expect(node('eth_getBlockReceipts', '0x5')).toEqual(receipts);
    expect(node('eth_getBlockReceipts', hash(5))).toEqual(receipts);
    expect(node('eth_getTransactionReceipt', `${hash(5)}1`)).toEqual(receipts?.[1]);
    expect(node('eth_getTransactionReceipt', '0x1')).toBeNull();
  });

  it.each([
    ['blocks', { maxRange: 2 }, /maximum block range: 2/],
    ['logs', { maxLogs: 11 }, /more than 11 results/],
    ['bytes', { maxBytes: 500 }, /too big/],
  ])('refuses a range of too many %s, and answers a smaller one', async (_, limit, words) => {
    const node = await openNode(limit);
    expect(() => node('eth_getLogs', { fromBlock: '0x3', toBlock: '0x5' })).toThrow(words);
    expect(node('eth_getLogs', { fromBlock: '0x3', toBlock: '0x3' })).toHaveLength(3);
  });
});
