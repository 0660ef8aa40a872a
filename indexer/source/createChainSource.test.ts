import { RetryableError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import { createScriptedPool, type ScriptedNode } from '../../test/source/createScriptedPool.js';
import {
  answerHonestly,
  buildChain,
  failure,
  hub,
  quantity,
  result,
  type ScriptedChain,
  type ScriptedLog,
  stranger,
  token,
  word,
} from '../../test/source/scriptedChain.js';
import type { FetchedRange, Filter, RangeAnswer } from './ChainSource.js';
import { type ChainSourceOptions, createChainSource } from './createChainSource.js';
import type { RpcAnswer, RpcCall } from './rpc/Transport.js';
import { TransportError } from './rpc/TransportError.js';

const filter: Filter = { addresses: [hub, token], topics: [word(1)] };

/** Every other block has a log of the hub, every third two of the token; strangers write everywhere. */
const toContracts = (height: number): Hex[] => [
  ...(height % 2 === 0 ? [hub] : []),
  stranger,
  ...(height % 3 === 0 ? [token, token] : []),
];
const chain = buildChain({ blocks: 40, contracts: toContracts });
const wanted = chain.blocks.flatMap(({ logs }) => logs).filter(({ address }) => address !== stranger);

function honest(of: ScriptedChain = chain): ScriptedNode {
  return (call) => answerHonestly(of, call);
}

/** Lies about the answers to one method. */
function lying(method: string, lie: (value: never, call: RpcCall) => unknown, of: ScriptedChain = chain): ScriptedNode {
  return (call) => {
    const answer = answerHonestly(of, call);
    return call.method === method && answer.kind === 'result' ? result(lie(answer.value as never, call)) : answer;
  };
}

function answering(method: string, answer: RpcAnswer | (() => never)): ScriptedNode {
  return (call) => {
    if (call.method !== method) return answerHonestly(chain, call);
    return typeof answer === 'function' ? answer() : answer;
  };
}

function createSource(nodes: Readonly<Record<string, ScriptedNode>>, options: Partial<ChainSourceOptions> = {}) {
  const pool = createScriptedPool(nodes);
  return { pool, source: createChainSource({ pool, chainId: 31_337, ...options }) };
}

function expectFetched(answer: RangeAnswer): FetchedRange {
  expect(answer.kind).toBe('fetched');
  return answer as FetchedRange;
}

const places = (logs: readonly { height: number; logIndex: number }[]) =>
  logs.map(({ height, logIndex }) => [height, logIndex]);
const placesOf = (logs: readonly ScriptedLog[]) =>
  logs.map(({ blockNumber, logIndex }) => [Number(blockNumber), Number(logIndex)]);

describe('fetchRange without verification', () => {
  const off = { policy: { backfill: 'off' } } as const;

  it('takes one request where logs tell their times, with the headers of both ends', async () => {
    const timed = buildChain({ blocks: 300, contracts: () => [hub], timed: true });
    const { pool, source } = createSource({ a: honest(timed) }, off);
    const range = expectFetched(await source.fetchRange({ from: 10, to: 299, filter }));
    expect(pool.requests).toHaveLength(1);
    expect(pool.requests[0]?.calls.map(({ method }) => method)).toEqual([
      'eth_getLogs',
      'eth_getBlockByNumber',
      'eth_getBlockByNumber',
    ]);
    expect(range.logs).toHaveLength(290);
    expect(range.headers.map(({ height }) => height)).toEqual([10, 299]);
    expect(range.times.size).toBe(288);
    expect(range.times.get(20)).toEqual({ hash: timed.blocks[20]?.header.hash, time: new Date(1_020_000) });
    expect(range).toMatchObject({ level: 'none', endpoint: 'a' });
    expect(range.bytes).toBeGreaterThan(10_000);
  });

  it('asks for the other headers by the hundred, of the same endpoint', async () => {
    const untimed = buildChain({ blocks: 300, contracts: () => [hub] });
    const { pool, source } = createSource({ a: honest(untimed), b: honest(untimed) }, off);
    const range = expectFetched(await source.fetchRange({ from: 10, to: 299, filter }));
    expect(pool.requests.map(({ endpoint, calls }) => [endpoint, calls.length])).toEqual([
      ['a', 3],
      ['a', 100],
      ['a', 100],
      ['a', 88],
    ]);
    expect(range.headers).toHaveLength(290);
    expect(range.times.size).toBe(0);
  });

  it('does not believe a time that lies outside of the range', async () => {
    const zero = lying('eth_getLogs', (logs: ScriptedLog[]) => logs.map((log) => ({ ...log, blockTimestamp: '0x0' })));
    const range = expectFetched(await createSource({ a: zero }, off).source.fetchRange({ from: 1, to: 9, filter }));
    expect(range.times.size).toBe(0);
    expect(range.headers.map(({ height }) => height)).toEqual([1, 2, 3, 4, 6, 8, 9]);
  });

  it.each([
    ['duplicate', (logs: ScriptedLog[]) => [...logs.slice(0, 3), ...logs.slice(2)]],
    ['wrongOrder', (logs: ScriptedLog[]) => logs.toReversed()],
    ['removed', (logs: ScriptedLog[]) => [...logs, { ...logs[0], blockHash: word(9), removed: true }]],
  ])('fault 10: comes to the same logs and notes the endpoint: %s', async (reason, lie) => {
    const { pool, source } = createSource({ a: lying('eth_getLogs', lie) }, off);
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(places(range.logs)).toEqual(placesOf(wanted));
    expect(pool.notes).toEqual([expect.objectContaining({ endpoint: 'a', reason })]);
    expect(pool.setAsides).toEqual([]);
  });

  it.each([
    ['outsideRange', (logs: ScriptedLog[]) => [...logs, { ...logs[0], blockNumber: '0xff' }]],
    ['outsideFilter', (logs: ScriptedLog[]) => [...logs, { ...logs[0], address: stranger, logIndex: '0x9' }]],
    ['conflict', (logs: ScriptedLog[]) => [...logs, { ...logs[0], data: '0x00' }]],
    ['inconsistent', (logs: ScriptedLog[]) => [...logs, { ...logs[0], logIndex: '0x9', blockHash: word(9) }]],
    [
      'inconsistent',
      (logs: ScriptedLog[]) => logs.map((log) => ({ ...log, blockHash: word(Number(log.blockNumber)) })),
    ],
    ['malformed', (logs: ScriptedLog[]) => logs.map((log) => ({ ...log, data: '0xabc' }))],
  ])('takes the range from another endpoint and sets aside the one that is wrong: %s', async (reason, lie) => {
    const { pool, source } = createSource({ a: lying('eth_getLogs', lie), b: honest() }, off);
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(range.endpoint).toBe('b');
    expect(places(range.logs)).toEqual(placesOf(wanted));
    expect(pool.setAsides).toEqual([expect.objectContaining({ endpoint: 'a', reason })]);
  });

  describe('fault 15', () => {
    const many = buildChain({ blocks: 30, contracts: () => Array.from({ length: 50 }, () => hub), timed: true });
    const capped = lying('eth_getLogs', (logs: ScriptedLog[]) => logs.slice(0, 1_000), many);

    it('fault 15: a range that is capped silently is split, and complete', async () => {
      const { pool, source } = createSource({ a: capped }, off);
      const first = await source.fetchRange({ from: 0, to: 29, filter });
      expect(first).toMatchObject({ kind: 'tooLarge', suggestedTo: 14 });
      expect(pool.notes).toEqual([expect.objectContaining({ endpoint: 'a', reason: 'silentCap' })]);
      const halves = [
        expectFetched(await source.fetchRange({ from: 0, to: 14, filter })),
        expectFetched(await source.fetchRange({ from: 15, to: 29, filter })),
      ];
      expect(halves.map(({ logs }) => logs.length)).toEqual([750, 750]);
    });

    it('fault 15: a round number that is whole is looked into once', async () => {
      const { pool, source } = createSource({ a: honest(many) }, off);
      for (let round = 0; round < 3; round += 1) {
        expect(expectFetched(await source.fetchRange({ from: 0, to: 19, filter })).logs).toHaveLength(1_000);
      }
      expect(pool.requests).toHaveLength(3 + 2);
      expect(pool.notes).toEqual([]);
    });
  });

  it.each<[string, RpcAnswer | (() => never), object]>([
    [
      'an interval is suggested',
      failure(-32_602, 'query returned more than 10000 results. Try with this block range [0x0, 0x7].'),
      { suggestedTo: 7 },
    ],
    ['less is asked for', failure(-32_005, 'query returned more than 10000 results'), {}],
    ['the query took too long', failure(-32_000, 'query timeout exceeded'), {}],
    ['the words are new', failure(-32_000, 'the moon is in the wrong house'), {}],
    ['there is no list', result(null), {}],
    [
      'the body is over the cap',
      () => {
        throw new TransportError('tooLarge', 'Expected at most 33554432 bytes.');
      },
      {},
    ],
    [
      'the deadline passes',
      () => {
        throw new TransportError('timeout', 'Expected an answer within 30000 ms.');
      },
      {},
    ],
  ])('says that a range is too large where %s', async (_, answer, expected) => {
    const { source } = createSource({ a: answering('eth_getLogs', answer) }, off);
    const refused = await source.fetchRange({ from: 0, to: 39, filter });
    expect(refused).toMatchObject({ kind: 'tooLarge', reason: expect.any(String), ...expected });
  });

  it('does not call one block too large for words that are new', async () => {
    const { source } = createSource({ a: answering('eth_getLogs', failure(-32_000, 'out of tea')) }, off);
    await expect(source.fetchRange({ from: 3, to: 3, filter })).rejects.toThrow(/a: .*out of tea/);
    await expect(source.fetchRange({ from: 3, to: 3, filter })).rejects.toThrow(RetryableError);
  });

  it('names fewer contracts where a node takes no more, and still has all logs', async () => {
    const picky: ScriptedNode = (call) => {
      const [query] = call.params as [{ address?: readonly Hex[] }];
      if (call.method === 'eth_getLogs' && (query.address?.length ?? 0) > 3)
        return failure(-32_602, 'Please, specify less number of addresses');
      return answerHonestly(chain, call);
    };
    const others = Array.from({ length: 8 }, (_, at): Hex => `0x${(at + 16).toString(16).repeat(20)}`);
    const { source } = createSource({ a: picky }, off);
    const wide = { ...filter, addresses: [hub, ...others, token] };
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter: wide }));
    expect(places(range.logs)).toEqual(placesOf(wanted));
  });

  it('asks another endpoint where the first one lags, and blames nobody', async () => {
    const lagging = honest({ blocks: chain.blocks.slice(0, 30) });
    const { pool, source } = createSource({ a: lagging, b: honest() }, off);
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(range.endpoint).toBe('b');
    expect(pool.setAsides).toEqual([]);
    await expect(createSource({ a: lagging }, off).source.fetchRange({ from: 0, to: 39, filter })).rejects.toThrow(
      RetryableError,
    );
  });
});

describe('fetchRange with verification', () => {
  const exact = {};

  it('proves an honest range exact, with every header', async () => {
    const { pool, source } = createSource({ a: honest() }, exact);
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(range.level).toBe('exact');
    expect(places(range.logs)).toEqual(placesOf(wanted));
    expect(range.headers.map(({ hash }) => hash)).toEqual(chain.blocks.map(({ header }) => header.hash));
    expect(pool.requests).toHaveLength(2);
    const receipts = pool.requests.flatMap(({ calls }) =>
      calls.filter(({ method }) => method === 'eth_getBlockReceipts'),
    );
    expect(receipts).toHaveLength(chain.blocks.filter(({ logs }) => logs.length > 1).length);
  });

  it('reads headers and blooms only where the policy is superset and the blooms raise no suspicion', async () => {
    const { pool, source } = createSource({ a: honest() }, { ...exact, policy: { backfill: 'superset' } });
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(range.level).toBe('superset');
    expect(pool.requests).toHaveLength(1);
  });

  const third = 2;
  const lies: readonly (readonly [string, string, ScriptedNode])[] = [
    ['fault 8: omits one log', 'logMissing', lying('eth_getLogs', (logs: ScriptedLog[]) => logs.toSpliced(third, 1))],
    ['fault 8: omits all logs of a block', 'logMissing', lying('eth_getLogs', omitBlock)],
    ['fault 8: answers no logs at all', 'logMissing', lying('eth_getLogs', () => [])],
    ['truncates the logs', 'logMissing', lying('eth_getLogs', (logs: ScriptedLog[]) => logs.slice(0, -5))],
    ['fault 9: alters one byte of data', 'logNotInReceipts', lying('eth_getLogs', alterLog({ data: word(77) }))],
    ['alters a topic', 'logNotInReceipts', lying('eth_getLogs', alterLog({ topics: [word(1), word(7)] }))],
    ["alters a transaction's hash", 'logNotInReceipts', lying('eth_getLogs', alterLog({ transactionHash: word(5) }))],
    [
      'invents a log',
      'logNotInReceipts',
      lying('eth_getLogs', (logs: ScriptedLog[]) =>
        logs.flatMap((log, at) => (at === third ? [log, { ...log, logIndex: '0x9' }] : [log])),
      ),
    ],
    ['invents a log in a block that has none', 'logNotInReceipts', lying('eth_getLogs', inventLog)],
    ['fault 10: reorders the logs', 'wrongOrder', lying('eth_getLogs', (logs: ScriptedLog[]) => logs.toReversed())],
    ['fault 10: duplicates a log', 'duplicate', lying('eth_getLogs', (logs: ScriptedLog[]) => [logs[0], ...logs])],
    [
      'fault 10: adds a removed log',
      'removed',
      lying('eth_getLogs', (logs: ScriptedLog[]) => [{ ...logs[0], removed: true }, ...logs]),
    ],
    [
      'tells another time',
      'wrongBlock',
      lying('eth_getLogs', (logs: ScriptedLog[]) => logs.map((log) => ({ ...log, blockTimestamp: '0x1' }))),
    ],
    ['alters a header', 'headerHashMismatch', lying('eth_getBlockByNumber', alterHeader({ stateRoot: word(9) }))],
    [
      'empties a bloom',
      'headerHashMismatch',
      lying('eth_getBlockByNumber', alterHeader({ logsBloom: `0x${'00'.repeat(256)}` })),
    ],
    [
      'answers another block',
      'wrongBlock',
      lying(
        'eth_getBlockByNumber',
        (_, { params }) => chain.blocks[Number(params[0]) === 7 ? 8 : Number(params[0])]?.header,
      ),
    ],
    [
      'omits a receipt',
      'receiptsRootMismatch',
      lying('eth_getBlockReceipts', (receipts: unknown[]) => receipts.slice(1)),
    ],
    [
      'reorders receipts',
      'receiptsRootMismatch',
      lying('eth_getBlockReceipts', (receipts: unknown[]) => receipts.toReversed()),
    ],
    ['answers of another history', 'parentMismatch', lying('eth_getBlockByNumber', ofAnotherHistory)],
  ];

  function inventLog(logs: ScriptedLog[]): ScriptedLog[] {
    const [first] = logs;
    const block = chain.blocks[1];
    if (!first || !block) return logs;
    const invented = { ...first, blockNumber: block.header.number, blockHash: block.header.hash };
    return [...logs, invented].sort((one, other) => Number(one.blockNumber) - Number(other.blockNumber));
  }
  function omitBlock(logs: ScriptedLog[]): ScriptedLog[] {
    return logs.filter(({ blockNumber }) => blockNumber !== '0x6');
  }
  function alterLog(change: Partial<ScriptedLog>) {
    return (logs: ScriptedLog[]) => logs.map((log, at) => (at === third ? { ...log, ...change } : log));
  }
  function alterHeader(change: object) {
    return (header: object, { params }: RpcCall) => (Number(params[0]) === 7 ? { ...header, ...change } : header);
  }
  /** Sound by itself, but it does not follow. */
  function ofAnotherHistory(header: object, { params }: RpcCall): object | undefined {
    const other = buildChain({ blocks: 21, contracts: () => [] });
    return Number(params[0]) === 20 ? other.blocks[20]?.header : header;
  }

  it.each(lies)(
    'an endpoint that %s is named, set aside, and the range taken from the other',
    async (_, reason, node) => {
      const { pool, source } = createSource({ liar: node, other: honest() }, exact);
      const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
      expect(pool.setAsides).toEqual([expect.objectContaining({ endpoint: 'liar', reason })]);
      expect(range).toMatchObject({ endpoint: 'other', level: 'exact' });
      expect(places(range.logs)).toEqual(placesOf(wanted));
    },
  );

  it('names the endpoint and the reason where no other is left', async () => {
    const { source } = createSource({ liar: lying('eth_getLogs', () => []) }, exact);
    const fetching = source.fetchRange({ from: 0, to: 39, filter });
    await expect(fetching).rejects.toThrow(RetryableError);
    await expect(
      createSource({ liar: lying('eth_getLogs', () => []) }, exact).source.fetchRange({ from: 0, to: 39, filter }),
    ).rejects.toThrow(/liar: block 0: log 0 of 0xaa\S+ was left out/);
  });

  it('fault 10: goes on with the only endpoint where what it does is untidy and yet proves right', async () => {
    const { pool, source } = createSource(
      { a: lying('eth_getLogs', (logs: ScriptedLog[]) => logs.toReversed()) },
      exact,
    );
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(range.level).toBe('exact');
    expect(places(range.logs)).toEqual(placesOf(wanted));
    expect(pool.notes).toEqual([expect.objectContaining({ reason: 'wrongOrder' })]);
  });

  it('fault 8: catches by the bloom alone that a contract was passed over', async () => {
    const superset = { ...exact, policy: { backfill: 'superset' } } as const;
    const { pool, source } = createSource({ liar: lying('eth_getLogs', omitBlock), other: honest() }, superset);
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(range).toMatchObject({ endpoint: 'other', level: 'superset' });
    expect(pool.setAsides).toEqual([expect.objectContaining({ endpoint: 'liar', reason: 'logMissing' })]);
  });

  it('catches by the bloom alone a log that was invented', async () => {
    const superset = { policy: { backfill: 'superset' } } as const;
    const { pool, source } = createSource({ liar: lying('eth_getLogs', inventLog), other: honest() }, superset);
    expect(expectFetched(await source.fetchRange({ from: 0, to: 39, filter })).endpoint).toBe('other');
    expect(pool.setAsides).toEqual([expect.objectContaining({ endpoint: 'liar', reason: 'bloomMissing' })]);
    expect(pool.requests.flatMap(({ calls }) => calls).some(({ method }) => method === 'eth_getBlockReceipts')).toBe(
      false,
    );
  });

  it('fault 8: with two of three endpoints lying the range is right all the same', async () => {
    const two = {
      one: lying('eth_getLogs', () => []),
      two: lying('eth_getLogs', (logs: ScriptedLog[]) => logs.slice(1)),
    };
    const { pool, source } = createSource({ ...two, three: honest() }, exact);
    const range = expectFetched(await source.fetchRange({ from: 0, to: 39, filter }));
    expect(places(range.logs)).toEqual(placesOf(wanted));
    expect(pool.setAsides.map(({ endpoint }) => endpoint)).toEqual(['one', 'two']);
  });

  it('blames nobody for what this version does not know: a type of receipt, a field of the header', async () => {
    const strange = buildChain({ blocks: 10, contracts: toContracts, type: '0x55' });
    const ofType = createSource(
      {
        a: lying(
          'eth_getBlockReceipts',
          (receipts: object[]) => receipts.map((one) => ({ ...one, cumulativeGasUsed: '0x9' })),
          strange,
        ),
      },
      exact,
    );
    expect(expectFetched(await ofType.source.fetchRange({ from: 0, to: 9, filter })).level).toBe('superset');
    const ofField = createSource(
      {
        a: lying('eth_getBlockByNumber', (header: object) => ({
          ...header,
          newRoot: word(1),
          hash: (header as { hash: Hex }).hash,
          stateRoot: word(2),
        })),
      },
      exact,
    );
    expect(expectFetched(await ofField.source.fetchRange({ from: 0, to: 9, filter })).level).toBe('none');
    expect([...ofType.pool.setAsides, ...ofField.pool.setAsides]).toEqual([]);
  });

  it.each<[string, number, (call: RpcCall) => RpcAnswer | undefined]>([
    [
      'by height',
      2,
      ({ params }) => (String(params[0]).length === 66 ? failure(-32_602, 'invalid argument 0') : undefined),
    ],
    ['one by one', 3, () => failure(-32_601, 'the method eth_getBlockReceipts does not exist/is not available')],
  ])('asks for receipts %s where a node takes them no other way, and remembers', async (_, requests, refuse) => {
    const node: ScriptedNode = (call) =>
      (call.method === 'eth_getBlockReceipts' && refuse(call)) || answerHonestly(chain, call);
    const { pool, source } = createSource({ a: node }, exact);
    expect(expectFetched(await source.fetchRange({ from: 0, to: 39, filter })).level).toBe('exact');
    const before = pool.requests.length;
    expect(expectFetched(await source.fetchRange({ from: 0, to: 19, filter })).level).toBe('exact');
    expect(pool.requests.length - before).toBe(requests);
  });

  it('asks for the receipts of fewer blocks where they are too large together', async () => {
    let refused = 0;
    const pool = createScriptedPool({ a: honest() });
    const source = createChainSource({
      ...{ chainId: 31_337 },
      pool: {
        ...pool,
        async request(calls, options) {
          if (calls.filter(({ method }) => method === 'eth_getBlockReceipts').length > 10) {
            refused += 1;
            throw new TransportError('tooLarge', 'Expected at most 33554432 bytes.');
          }
          return pool.request(calls, options);
        },
      },
    });
    expect(expectFetched(await source.fetchRange({ from: 0, to: 39, filter })).level).toBe('exact');
    expect(refused).toBeGreaterThan(0);
  });

  it('leaves the past unverified where that is the default, and says so', async () => {
    const { pool, source } = createSource({ a: honest() }, { chainId: 42_161, policy: undefined });
    expect(expectFetched(await source.fetchRange({ from: 0, to: 39, filter })).level).toBe('none');
    expect(pool.requests.flatMap(({ calls }) => calls).some(({ method }) => method === 'eth_getBlockReceipts')).toBe(
      false,
    );
  });
});

describe('fetchBlocks', () => {
  const headers = async (source: ReturnType<typeof createSource>['source'], from: number, to: number) =>
    source.listHeaders(Array.from({ length: to - from + 1 }, (_, at) => from + at));
  const head = {};

  it('takes one request for many blocks whose headers are known, and none for those the bloom rules out', async () => {
    const { pool, source } = createSource({ a: honest() }, head);
    const known = await headers(source, 10, 39);
    const before = pool.requests.length;
    const blocks = await source.fetchBlocks(known, filter);
    expect(pool.requests.length - before).toBe(1);
    const asked = new Set(
      pool.requests.at(-1)?.calls.flatMap(({ params }) => JSON.stringify(params).match(/0x[0-9a-f]{64}/)?.[0] ?? []),
    );
    expect(asked.has(chain.blocks[11]?.header.hash ?? '0x')).toBe(false);
    expect(blocks.map(({ header, level }) => [header.height, level])).toEqual(
      known.map(({ height }) => [height, 'exact']),
    );
    expect(places(blocks.flatMap(({ logs }) => logs))).toEqual(
      placesOf(wanted.filter(({ blockNumber }) => Number(blockNumber) >= 10)),
    );
    expect(pool.requests.flatMap(({ calls }) => calls).some(({ params }) => 'fromBlock' in Object(params[0]))).toBe(
      false,
    );
  });

  it('asks by hash for headers that nobody asked for before', async () => {
    const first = createSource({ a: honest() }, head);
    const known = await headers(first.source, 30, 33);
    const { pool, source } = createSource({ a: honest() }, head);
    await source.fetchBlocks(known, filter);
    expect(pool.requests.map(({ calls }) => calls[0]?.method)).toEqual(['eth_getBlockByHash', 'eth_getLogs']);
  });

  it.each<[string, string, ScriptedNode]>([
    ['fault 8: omits a log', 'logMissing', lying('eth_getLogs', (logs: ScriptedLog[]) => logs.slice(1))],
    [
      'fault 9: alters a byte',
      'logNotInReceipts',
      lying('eth_getLogs', (logs: ScriptedLog[]) => logs.map((log) => ({ ...log, data: '0x00' }))),
    ],
    ['answers another block for a hash', 'wrongBlock', lying('eth_getBlockByHash', () => chain.blocks[5]?.header)],
    [
      'answers logs of another block for a hash',
      'wrongBlock',
      lying('eth_getLogs', (logs: ScriptedLog[]) => logs.map((log) => ({ ...log, blockHash: word(3) }))),
    ],
  ])('an endpoint that %s is set aside, and the block taken from the other', async (_, reason, liar) => {
    const known = await headers(createSource({ a: honest() }, head).source, 30, 33);
    const { pool, source } = createSource({ liar, other: honest() }, head);
    const blocks = await source.fetchBlocks(known, filter);
    expect(pool.setAsides).toEqual([expect.objectContaining({ endpoint: 'liar', reason })]);
    expect(places(blocks.flatMap(({ logs }) => logs))).toEqual(
      placesOf(wanted.filter(({ blockNumber }) => Number(blockNumber) >= 30 && Number(blockNumber) <= 33)),
    );
  });

  it('says that it must be tried again where a block is known no more', async () => {
    const { source } = createSource({ a: honest() }, head);
    const known = await headers(source, 36, 39);
    const shorter = createSource({ a: honest({ blocks: chain.blocks.slice(0, 38) }) }, head);
    await expect(shorter.source.fetchBlocks(known, filter)).rejects.toThrow(RetryableError);
    expect(shorter.pool.setAsides).toEqual([]);
  });

  it('asks by height where a node takes no hash, and notices another block there', async () => {
    const picky =
      (of: ScriptedChain): ScriptedNode =>
      (call) =>
        'blockHash' in Object(call.params[0])
          ? failure(-32_602, 'invalid params: unknown field blockHash')
          : answerHonestly(of, call);
    const off = { policy: { head: 'off' } } as const;
    const { source } = createSource({ a: picky(chain) }, off);
    const known = await headers(source, 36, 39);
    const blocks = await source.fetchBlocks(known, filter);
    expect(places(blocks.flatMap(({ logs }) => logs))).toEqual(
      placesOf(wanted.filter(({ blockNumber }) => Number(blockNumber) >= 36)),
    );
    expect(blocks.every(({ level }) => level === 'none')).toBe(true);
    const forked = buildChain({ blocks: 40, contracts: (height) => (height < 38 ? toContracts(height) : []) });
    const moved: ScriptedNode = (call) =>
      call.method === 'eth_getBlockByHash' ? answerHonestly(chain, call) : picky(forked)(call);
    await expect(createSource({ a: moved }, off).source.fetchBlocks(known, filter)).rejects.toThrow(/is 0x\w+ now/);
  });

  it('reads only logs and headers where the policy is superset', async () => {
    const { pool, source } = createSource({ a: honest() }, { policy: { head: 'superset' } });
    const blocks = await source.fetchBlocks(await headers(source, 10, 39), filter);
    expect(new Set(blocks.map(({ level }) => level))).toEqual(new Set(['exact', 'superset']));
    expect(pool.requests.flatMap(({ calls }) => calls).some(({ method }) => method === 'eth_getBlockReceipts')).toBe(
      false,
    );
  });
});

describe('the head', () => {
  it('is what one endpoint says, in one request, and must hash to itself', async () => {
    const { pool, source } = createSource({ a: honest() });
    expect(await source.getHead()).toMatchObject({ height: 39, hash: chain.blocks[39]?.header.hash });
    expect(pool.requests).toHaveLength(1);
    const liar = lying('eth_getBlockByNumber', (header: object) => ({ ...header, number: quantity(99) }));
    const two = createSource({ liar, other: honest() });
    expect((await two.source.getHead()).height).toBe(39);
    expect(two.pool.setAsides).toEqual([expect.objectContaining({ endpoint: 'liar', reason: 'headerHashMismatch' })]);
  });

  it('has the tags a node knows, and does not ask again where it knows none', async () => {
    expect(await createSource({ a: honest() }).source.getFinality()).toEqual({ safe: 0, finalized: 0 });
    const without: ScriptedNode = (call) =>
      ['safe', 'finalized'].includes(String(call.params[0]))
        ? failure(-32_602, 'invalid block tag')
        : answerHonestly(chain, call);
    const { pool, source } = createSource({ a: without });
    expect(await source.getFinality()).toEqual({});
    expect(await source.getFinality()).toEqual({});
    expect(pool.requests).toHaveLength(1);
  });

  it('lists the headers that exist, ascending, and finds one by its hash', async () => {
    const { pool, source } = createSource({ a: honest() });
    expect((await source.listHeaders([38, 3, 41, 40, 3])).map(({ height }) => height)).toEqual([3, 38]);
    expect(pool.requests).toHaveLength(1);
    expect(await source.findHeader(chain.blocks[7]?.header.hash ?? '0x')).toMatchObject({ height: 7 });
    expect(await source.findHeader(word(4))).toBeUndefined();
  });

  it('does not take one endpoint that lags for the word of all', async () => {
    const lagging = honest({ blocks: chain.blocks.slice(0, 5) });
    const { pool, source } = createSource({ lagging, other: honest() });
    expect(await source.findHeader(chain.blocks[7]?.header.hash ?? '0x')).toMatchObject({ height: 7 });
    expect(pool.setAsides).toEqual([]);
  });

  it('has the hash of the first block', async () => {
    expect(await createSource({ a: honest() }).source.getGenesisHash()).toBe(chain.blocks[0]?.header.hash);
  });
});
