import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeFunctionData, parseAbi } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import type { RpcAnswer, RpcCall, Transport } from '../source/rpc/Transport.js';
import { createRecordingTransport } from './createRecordingTransport.js';
import { createTapeTransport } from './createTapeTransport.js';
import { createTapeWriter } from './createTapeWriter.js';
import { encodeMulticallAnswer } from './multicall.js';
import { isTape, readTape } from './readTape.js';

const header = { chainId: 31337, networks: ['one'], madeAt: '2026-01-01T00:00:00.000Z', madeBy: 'computescan 0.1.0' };
const sendOptions = { deadlineMs: 1_000, maxBytes: 1_000_000 };
const HUB = `0x${'a'.repeat(40)}`;
const OTHER = `0x${'b'.repeat(40)}`;
const TOPIC = `0x${'7'.repeat(64)}`;

const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11';
const aggregate = parseAbi(['function aggregate3((address target, bool allowFailure, bytes callData)[] calls)']);
const encodeAggregate = (inner: readonly { readonly to: string; readonly data: string }[]) =>
  encodeFunctionData({
    abi: aggregate,
    args: [inner.map(({ to, data }) => ({ target: to as Hex, allowFailure: true, callData: data as Hex }))],
  });

const hex = (number: number) => `0x${number.toString(16)}`;
const hashOf = (height: number, fork = 0) => `0x${fork}${'0'.repeat(58)}${height.toString(16).padStart(5, '0')}`;
const blockAt = (height: number, fork = 0) => ({
  number: hex(height),
  hash: hashOf(height, fork),
  parentHash: hashOf(height - 1, fork),
  timestamp: hex(1_700_000_000 + height),
  transactions: [],
});
const logAt = (height: number, logIndex = 0, address = HUB, fork = 0) => ({
  address,
  topics: [TOPIC],
  data: '0x',
  blockNumber: hex(height),
  blockHash: hashOf(height, fork),
  transactionHash: hashOf(height),
  transactionIndex: '0x0',
  logIndex: hex(logIndex),
});
const getLogs = (from: number, to: number, address: string | readonly string[] = [HUB]): RpcCall => ({
  method: 'eth_getLogs',
  params: [{ fromBlock: hex(from), toBlock: hex(to), address }],
});
const getBlock = (block: string | number): RpcCall => ({
  method: 'eth_getBlockByNumber',
  params: [typeof block === 'number' ? hex(block) : block, false],
});
const result = (value: unknown): RpcAnswer => ({ kind: 'result', value });

type Recorded = readonly (readonly [RpcCall, RpcAnswer])[];

/** Hubs at every third block, headers of all. */
const plain: Recorded = [
  [getBlock('finalized'), result(blockAt(40))],
  [
    getLogs(1, 20),
    result(
      range(1, 20)
        .filter((height) => height % 3 === 0)
        .map((height) => logAt(height)),
    ),
  ],
  [
    getLogs(21, 30),
    result(
      range(21, 30)
        .filter((height) => height % 3 === 0)
        .map((height) => logAt(height)),
    ),
  ],
  ...range(0, 32).map((height) => [getBlock(height), result(blockAt(height))] as const),
];

describe('tape', () => {
  let folder: string;
  let made = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'computescan-tape-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Records what an inner endpoint answers, and opens the tape as an endpoint. */
  async function record(recorded: Recorded, height = 30) {
    const file = join(folder, `${++made}.tape`);
    const writer = await createTapeWriter(file, header);
    const recording = createRecordingTransport(answering(recorded), writer);
    for (const [call] of recorded) await recording.send([call], sendOptions);
    await writer.close({ height });
    const missing: string[] = [];
    const transport = createTapeTransport(await readTape(file), { onMissing: (what) => missing.push(what) });
    const ask = async (call: RpcCall) => (await transport.send([call], sendOptions)).answers[0];
    return { file, ask, missing };
  }

  async function heightsOf(answer: RpcAnswer | undefined): Promise<readonly number[]> {
    if (answer?.kind !== 'result') throw new Error(`expected logs, got ${JSON.stringify(answer)}`);
    return (answer.value as readonly { blockNumber: string }[]).map((log) => Number(log.blockNumber));
  }

  it('answers any part of what was recorded, however the recording had cut it', async () => {
    const { ask } = await record(plain);
    expect(await heightsOf(await ask(getLogs(1, 30)))).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
    expect(await heightsOf(await ask(getLogs(17, 24)))).toEqual([18, 21, 24]);
    expect(await heightsOf(await ask(getLogs(19, 20)))).toEqual([]);
    expect(await ask(getLogs(9, 9))).toEqual(result([logAt(9)]));
    const byHash = {
      method: 'eth_getLogs',
      params: [{ blockHash: hashOf(12), address: HUB.toUpperCase().replace('X', 'x') }],
    };
    expect(await ask(byHash)).toEqual(result([logAt(12)]));
  });

  it('says what it does not hold, instead of answering that there is nothing', async () => {
    const { ask, missing } = await record(plain);
    expect(await ask(getLogs(25, 31))).toEqual({
      kind: 'error',
      code: -32001,
      message: `tape has no logs of ${HUB} at blocks 31 to 31`,
    });
    expect(await ask(getLogs(1, 5, [HUB, OTHER]))).toMatchObject({
      message: `tape has no logs of ${OTHER} at blocks 1 to 5`,
    });
    const call = { method: 'eth_call', params: [{ to: HUB, data: '0x01' }, 'latest'] };
    expect(await ask(call)).toMatchObject({ message: expect.stringMatching(/^tape has no answer to eth_call/) });
    expect(missing).toHaveLength(3);
  });

  it('joins what was asked of contracts one by one, and takes apart what was asked of several', async () => {
    const { ask } = await record([
      [getLogs(1, 10, [HUB]), result([logAt(4)])],
      [getLogs(1, 10, [OTHER]), result([logAt(4, 1, OTHER), logAt(7, 0, OTHER)])],
      [getLogs(11, 20, [HUB, OTHER]), result([logAt(12), logAt(12, 1, OTHER)])],
    ]);
    expect(await heightsOf(await ask(getLogs(1, 10, [HUB, OTHER])))).toEqual([4, 4, 7]);
    expect(await ask(getLogs(5, 20, [HUB]))).toEqual(result([logAt(12)]));
  });

  it('takes an answer for every event as one for some, not the other way round', async () => {
    const some: RpcCall = {
      method: 'eth_getLogs',
      params: [{ fromBlock: '0x1', toBlock: '0x9', address: [HUB], topics: [[TOPIC]] }],
    };
    const all = getLogs(1, 9);
    const strange = { ...logAt(2), topics: [`0x${'8'.repeat(64)}`] };
    const whole = await record([[all, result([strange, logAt(4)])]]);
    expect(await heightsOf(await whole.ask(some))).toEqual([4]);
    const part = await record([[some, result([logAt(4)])]]);
    expect(await part.ask(all)).toMatchObject({ kind: 'error' });
  });

  it('ends where the recording ended: above it nothing is known yet, and nothing is called final', async () => {
    const { ask } = await record(plain);
    expect(await ask(getBlock('latest'))).toEqual(result(blockAt(30)));
    expect(await ask({ method: 'eth_blockNumber', params: [] })).toEqual(result('0x1e'));
    expect(await ask(getBlock(31))).toEqual(result(null));
    expect(await ask(getBlock('finalized'))).toEqual(result(blockAt(30)));
    expect(await ask({ method: 'eth_chainId', params: [] })).toEqual(result('0x7a69'));
  });

  it('keeps the fork that the chain came to keep, and the other only by its hashes', async () => {
    const { ask } = await record([
      ...plain,
      [getBlock(30), result(blockAt(30, 5))],
      [
        { method: 'eth_getLogs', params: [{ blockHash: hashOf(30, 5), address: [HUB] }] },
        result([logAt(30, 0, HUB, 5)]),
      ],
    ]);
    expect(await ask(getLogs(28, 30))).toEqual(result([logAt(30, 0, HUB, 5)]));
    const gone = { method: 'eth_getBlockByHash', params: [hashOf(30), false] };
    expect(await ask(gone)).toEqual(result(blockAt(30)));
  });

  it('answers contract reads of a block however it is named, and at its head what was answered last', async () => {
    const read = (block: unknown): RpcCall => ({ method: 'eth_call', params: [{ to: HUB, data: '0x01' }, block] });
    const pruned: RpcAnswer = { kind: 'error', code: -32000, message: 'missing trie node' };
    const { ask } = await record([
      ...plain,
      [read({ blockHash: hashOf(6) }), result('0x06')],
      [read({ blockHash: hashOf(3) }), pruned],
      [read('latest'), result('0xff')],
    ]);
    expect(await ask(read({ blockHash: hashOf(6), requireCanonical: true }))).toEqual(result('0x06'));
    expect(await ask(read(hex(6)))).toEqual(result('0x06'));
    expect(await ask(read({ blockHash: hashOf(3) }))).toEqual(pruned);
    expect(await ask(read({ blockHash: hashOf(30) }))).toEqual(result('0xff'));
    // It was another one at block 6 than at the head: at block 9 it may have been either.
    expect(await ask(read({ blockHash: hashOf(9) }))).toMatchObject({ code: -32001 });
  });

  it('takes a read that was answered alike at every block for one that never changes', async () => {
    const read = (height: number): RpcCall => ({
      method: 'eth_call',
      params: [{ to: HUB, data: '0x02' }, { blockHash: hashOf(height) }],
    });
    const { ask } = await record([...plain, [read(6), result('0x0d')], [read(8), result('0x0d')]]);
    expect(await ask(read(7))).toEqual(result('0x0d'));
  });

  it('answers reads together that were asked together with others, or alone', async () => {
    const call = (inner: readonly { readonly to: string; readonly data: string }[]): RpcCall => ({
      method: 'eth_call',
      params: [{ to: MULTICALL, data: encodeAggregate(inner) }, { blockHash: hashOf(6) }],
    });
    const one = { to: HUB, data: '0x01' };
    const two = { to: HUB, data: '0x02' };
    const three = { to: OTHER, data: '0x03' };
    const alone: RpcCall = { method: 'eth_call', params: [three, { blockHash: hashOf(6) }] };
    const answered = (...data: string[]) =>
      result(encodeMulticallAnswer(data.map((each) => ({ success: true, data: each }))));
    const { ask } = await record([...plain, [call([one, two]), answered('0x0a', '0x0b')], [alone, result('0x0c')]]);
    expect(await ask(call([three, one]))).toEqual(answered('0x0c', '0x0a'));
    expect(await ask({ method: 'eth_call', params: [two, { blockHash: hashOf(6) }] })).toEqual(result('0x0b'));
    expect(await ask(call([one, { to: OTHER, data: '0x04' }]))).toMatchObject({ code: -32001 });
  });

  it('answers receipts by height as by hash', async () => {
    const receipts = [{ blockHash: hashOf(6), type: '0x2' }];
    const { ask } = await record([...plain, [{ method: 'eth_getBlockReceipts', params: [hex(6)] }, result(receipts)]]);
    expect(await ask({ method: 'eth_getBlockReceipts', params: [hashOf(6)] })).toEqual(result(receipts));
    expect(await ask({ method: 'eth_getBlockReceipts', params: [hashOf(7)] })).toMatchObject({ code: -32001 });
  });

  it('is refused when it was cut short, anywhere, and when it is damaged', async () => {
    const { file } = await record(plain);
    const whole = await readFile(file);
    const cut = join(folder, 'cut.tape');
    for (const size of [12, 100, Math.floor(whole.length / 2), whole.length - 1]) {
      await writeFile(cut, whole.subarray(0, size));
      await expect(readTape(cut)).rejects.toThrow(/Expected a whole tape in .*cut\.tape, got one that is cut short/);
    }
    const unended = await createTapeWriter(join(folder, 'unended.tape'), header);
    await unended.append(getBlock(1), result(blockAt(1)));
    await unended.close();
    await expect(readTape(join(folder, 'unended.tape'))).rejects.toThrow(/cut short: .*an end after 1 calls/);

    const damaged = Buffer.from(whole);
    damaged.fill(0x55, 60, 70);
    await writeFile(cut, damaged);
    await expect(readTape(cut)).rejects.toThrow(/got a damaged one/);
    await writeFile(cut, gzipSync('{"tape":2,"madeBy":"computescan 9"}\n'));
    await expect(readTape(cut)).rejects.toThrow(/format 1 .*got format 2.*computescan 9/);
    await writeFile(cut, gzipSync('{"some":"thing"}\n'));
    await expect(readTape(cut)).rejects.toThrow(/got another gzipped file/);
  });

  it('is told from a recorded history by its first bytes, and never written over', async () => {
    const { file } = await record(plain);
    expect(await isTape(file)).toBe(true);
    await writeFile(join(folder, 'events.json'), '[]');
    expect(await isTape(join(folder, 'events.json'))).toBe(false);
    await expect(isTape(join(folder, 'none'))).rejects.toThrow(/Expected a recording at .*none/);
    await expect(createTapeWriter(file, header)).rejects.toThrow(/EEXIST.*Name another file/);
  });
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function answering(recorded: Recorded): Transport {
  return {
    async send(calls) {
      const answers = calls.map((call) => {
        const found = recorded.find(([known]) => known === call);
        if (!found) throw new Error(`nobody recorded ${call.method}`);
        return found[1];
      });
      return { answers, bytes: 1 };
    },
    close: async () => undefined,
  };
}
