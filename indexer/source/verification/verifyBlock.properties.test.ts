import fc from 'fast-check';
import { type Hex, toBytes, toHex, toRlp } from 'viem';
import { logsBloom } from './bloom.js';
import { type ChainRules, getChainRules } from './chainRules.js';
import { headerHash, type RpcHeader } from './headerHash.js';
import { type LogFilter, matchesFilter } from './logFilter.js';
import type { RpcReceipt } from './parseReceipt.js';
import { MalformedAnswer } from './rpcCodec.js';
import { listRoot } from './trieRoot.js';
import { type BlockAnswers, verifyBlock } from './verifyBlock.js';

/**
 * Random honest blocks, their receipts written by another encoder (viem's RLP), and every kind of lie about them. Each
 * choice in a block comes from one seed; fast-check picks the seeds and names the one that fails.
 */
function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const data = (bytes: number): Hex => {
    const words = Array.from({ length: Math.ceil(bytes / 4) }, () => next().toString(16).padStart(8, '0')).join('');
    return `0x${words.slice(0, bytes * 2)}`;
  };
  return { below, pick, data, chance: (percent: number) => below(100) < percent };
}

type Random = ReturnType<typeof createRandom>;

interface Log {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly transactionHash: Hex;
  readonly [field: string]: unknown;
}

interface Receipt extends RpcReceipt {
  readonly type: Hex;
  readonly logs: readonly Log[];
  readonly transactionHash: Hex;
}

interface World {
  readonly header: RpcHeader;
  readonly receipts: readonly Receipt[];
  readonly logs: readonly Log[];
  readonly filter: LogFilter;
  readonly rules: ChainRules;
  readonly hash: Hex;
}

const families = [
  { rules: getChainRules(1), types: [0, 1, 2, 3, 4] },
  { rules: getChainRules(10), types: [0, 1, 2, 4, 0x7d, 0x7e, 0x7e] },
  { rules: getChainRules(42_161), types: [0, 1, 2, 4, 0x64, 0x65, 0x66, 0x68, 0x69, 0x6a, 0x78] },
] as const;
const deposits = [{}, { depositNonce: '0x7' }, { depositNonce: '0x7', depositReceiptVersion: '0x1' }] as const;

function buildWorld(seed: number, size: number): World {
  const random = createRandom(seed);
  const { below, pick, data, chance } = random;
  const { rules, types } = pick(families);
  const byzantium = rules.family !== 'ethereum' || chance(85);
  const [addresses, topics] = [20, 32].map((bytes) => Array.from({ length: 5 }, () => data(bytes))) as [Hex[], Hex[]];
  const bare: readonly Receipt[] = Array.from({ length: size }, (_, txIndex) => {
    const type = byzantium ? pick(types) : 0;
    const transactionHash = data(32);
    const logs = Array.from({ length: chance(30) ? 0 : below(5) }, () => ({
      address: pick(addresses),
      topics: Array.from({ length: below(5) }, () => (chance(60) ? pick(topics) : data(32))),
      data: data(pick([0, 1, 1, 31, 32, 54, 55, 56, 64, 250, 300])),
      ...{ transactionHash, transactionIndex: toHex(txIndex), removed: false },
    }));
    return {
      ...{ type: toHex(type), cumulativeGasUsed: toHex(21_000 * (txIndex + 1) + below(100)), transactionHash, logs },
      ...(byzantium ? { status: pick(['0x0', '0x1'] as const) } : { root: data(32) }),
      ...(type === 0x7e ? pick(deposits) : {}),
      logsBloom: toHex(logsBloom(logs)),
    };
  });
  const header = buildHeader(random, bare);
  const where = { blockHash: header.hash, blockNumber: header.number };
  const receipts = numberLogs(bare).map((receipt) => ({
    ...receipt,
    ...(chance(5) ? { logsBloom: null } : {}),
    logs: receipt.logs.map((log) => ({
      ...log,
      ...where,
      ...(chance(50) ? { blockTimestamp: header.timestamp } : {}),
    })),
  }));
  const filter = pick<LogFilter>([
    { addresses: [] },
    { addresses: addresses.slice(0, 2) },
    { addresses: addresses.slice(0, 3), topics: [topics] },
    { addresses: [], topics: [topics.slice(0, 3)] },
    { addresses: [data(20)] },
  ]);
  return { header, receipts, logs: selectLogs(receipts, filter), filter, rules, hash: header.hash };
}

/** As an endpoint answers that makes its logs from these receipts. */
function numberLogs(receipts: readonly Receipt[]): readonly Receipt[] {
  let logIndex = -1;
  return receipts.map((receipt, txIndex) => ({
    ...receipt,
    logs: receipt.logs.map((log) => {
      logIndex += 1;
      const { transactionHash } = receipt;
      return { ...log, logIndex: toHex(logIndex), transactionIndex: toHex(txIndex), transactionHash };
    }),
  }));
}

function selectLogs(receipts: readonly Receipt[], filter: LogFilter): readonly Log[] {
  return receipts.flatMap(({ logs }) => logs).filter((log) => matchesFilter(filter, log));
}

function buildHeader({ below, data }: Random, receipts: readonly Receipt[]): RpcHeader {
  const forks: readonly Partial<RpcHeader>[] = [
    { baseFeePerGas: toHex(below(1e9)) },
    { withdrawalsRoot: data(32) },
    { blobGasUsed: toHex(below(1e9)), excessBlobGas: toHex(below(1e9)), parentBeaconBlockRoot: data(32) },
    { requestsHash: data(32) },
  ];
  const header: RpcHeader = Object.assign(
    { hash: data(32), parentHash: data(32), sha3Uncles: data(32), miner: data(20), stateRoot: data(32) },
    { transactionsRoot: data(32), receiptsRoot: listRoot(receipts, (receipt) => toBytes(encodeByViem(receipt))) },
    { logsBloom: toHex(logsBloom(receipts.flatMap(({ logs }) => logs))), mixHash: data(32), nonce: data(8) },
    { difficulty: toHex(below(3)), number: toHex(below(2 ** 31)), gasLimit: toHex(below(2 ** 31)) },
    { gasUsed: toHex(below(2 ** 31)), timestamp: toHex(below(2 ** 31)), extraData: data(below(40)) },
    ...forks.slice(0, below(5)),
  );
  return { ...header, hash: headerHash(header) };
}

function encodeByViem(receipt: Receipt): Hex {
  const type = Number(receipt.type);
  const status = type === 0x78 ? '0x00' : receipt.status === '0x1' ? '0x01' : '0x';
  const gas =
    receipt.cumulativeGasUsed.length % 2 ? `0x0${receipt.cumulativeGasUsed.slice(2)}` : receipt.cumulativeGasUsed;
  const logs = receipt.logs.map(({ address, topics, data }) => [address, [...topics], data]);
  const tail = receipt.depositReceiptVersion ? ['0x07', '0x01'] : [];
  const encoded = toRlp([receipt.root ?? status, gas, receipt.logsBloom ?? '0x', logs, ...tail] as Hex[]);
  return type === 0 || type === 0x78 ? encoded : `0x${type.toString(16).padStart(2, '0')}${encoded.slice(2)}`;
}

function verify(world: World, change: Partial<BlockAnswers> = {}) {
  return verifyBlock({ ...world, policy: 'exact', ...change });
}

const sizes = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 75, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 20, arbitrary: fc.integer({ min: 13, max: 60 }) },
  { weight: 3, arbitrary: fc.integer({ min: 61, max: 300 }) },
);

describe('1,000 honest blocks', () => {
  it('raise no alarm under any policy, with receipts and without', () => {
    const types = new Set<number>();
    const counts = { empty: 0, proven: 0, suspected: 0 };
    fc.assert(
      fc.property(fc.integer(), sizes, (seed, size) => {
        const world = buildWorld(seed, size);
        const exact = verify(world);
        expect(exact).toMatchObject({ kind: 'ok', level: 'exact' });
        const indices = exact.kind === 'ok' && exact.logs.map(({ logIndex }) => toHex(logIndex));
        expect(indices).toEqual(world.logs.map(({ logIndex }) => logIndex));
        const [blind, superset, off] = (['exact', 'superset', 'off'] as const).map((policy) =>
          verify(world, { policy, receipts: undefined }),
        );
        expect([blind?.kind, superset?.kind, off?.kind]).not.toContain('refused');
        counts.empty += size === 0 ? 1 : 0;
        counts.proven += blind?.kind === 'ok' ? 1 : 0;
        counts.suspected += superset?.kind === 'needsReceipts' ? 1 : 0;
        for (const { type } of world.receipts) types.add(Number(type));
      }),
      { numRuns: 1_000 },
    );
    const known = families.flatMap(({ rules }) => [...rules.receiptForms.keys()]);
    expect(types).toEqual(new Set(known));
    expect(Math.min(counts.empty, counts.proven, counts.suspected)).toBeGreaterThan(0);
  });
});

/** A world with one thing changed; undefined where it has nothing of the kind. */
type Mutation = (world: World, random: Random) => World | undefined;
type LogMutation = (log: Log, random: Random) => Log | undefined;
type ListMutation<T> = (list: readonly T[], random: Random) => readonly T[] | undefined;

function alterHex(hex: Hex, { below }: Random): Hex {
  const at = 2 + below(hex.length - 2);
  const digit = (Number.parseInt(hex.charAt(at), 16) + 1 + below(15)) % 16;
  return `0x${hex.slice(2, at)}${digit.toString(16)}${hex.slice(at + 1)}`;
}

function alterOne<T>(list: readonly T[], random: Random, alter: (item: T, random: Random) => T | undefined) {
  const at = random.below(list.length || 1);
  const [item] = list.slice(at);
  const altered = item && alter(item, random);
  return altered && list.with(at, altered);
}

function swapTwo<T>(list: readonly T[], { below }: Random): readonly T[] | undefined {
  const one = below(list.length || 1);
  const other = (one + 1 + below(list.length - 1 || 1)) % list.length;
  return list.length < 2 ? undefined : list.with(one, list[other] as T).with(other, list[one] as T);
}

const contents: Readonly<Record<string, LogMutation>> = {
  'alter a digit of the data': (log, random) =>
    log.data === '0x' ? undefined : { ...log, data: alterHex(log.data, random) },
  'append to the data': (log) => ({ ...log, data: `${log.data}00` }),
  'truncate the data': (log) => (log.data === '0x' ? undefined : { ...log, data: log.data.slice(0, -2) as Hex }),
  'alter a digit of the address': (log, random) => ({ ...log, address: alterHex(log.address, random) }),
  'alter a digit of a topic': (log, random) => {
    const topics = alterOne(log.topics, random, alterHex);
    return topics && { ...log, topics };
  },
  'append a topic': (log, { data }) =>
    log.topics.length < 4 ? { ...log, topics: [...log.topics, data(32)] } : undefined,
  'leave a topic out': (log) => (log.topics.length > 0 ? { ...log, topics: log.topics.slice(1) } : undefined),
};

const surroundings: Readonly<Record<string, LogMutation>> = {
  'shift the log index': (log) => ({ ...log, logIndex: toHex(Number(log.logIndex) + 1) }),
  'shift the transaction index': (log) => ({ ...log, transactionIndex: toHex(Number(log.transactionIndex) + 1) }),
  "alter the transaction's hash": (log, random) => ({ ...log, transactionHash: alterHex(log.transactionHash, random) }),
  "alter the block's hash": (log, random) => ({ ...log, blockHash: alterHex(log.blockHash as Hex, random) }),
  "alter the block's number": (log) => ({ ...log, blockNumber: toHex(Number(log.blockNumber) + 1) }),
  'alter the time': (log) => ({ ...log, blockTimestamp: toHex(2 ** 33) }),
  'mark as removed': (log) => ({ ...log, removed: true }),
  'write a number in decimal': (log) => ({ ...log, logIndex: String(Number(log.logIndex)) }),
};

const lists: Readonly<Record<string, ListMutation<Log>>> = {
  'drop a log': (logs, { below }) => logs.toSpliced(below(logs.length || 1), 1),
  'truncate the logs': (logs, { below }) => logs.slice(0, below(logs.length || 1)),
  'swap two logs': swapTwo,
  'reverse the logs': (logs) => logs.toReversed(),
  'swap the contents of two logs': (logs, random) =>
    swapTwo(logs, random)?.map(({ address, topics, data }, at) => ({ ...(logs[at] as Log), address, topics, data })),
  'duplicate a log': (logs, { below, pick }) =>
    logs.length > 0 ? logs.toSpliced(below(logs.length + 1), 0, pick(logs)) : undefined,
  'duplicate a log under the next index': (logs) => {
    const last = logs.at(-1);
    return last && [...logs, { ...last, logIndex: toHex(Number(last.logIndex) + 1) }];
  },
  'invent a log': (logs, random) => {
    const [first] = logs;
    return first && [{ ...first, address: random.data(20), logIndex: '0x0' }, ...logs];
  },
};

const ofReceipts: Readonly<Record<string, ListMutation<Receipt>>> = {
  'drop a receipt': (receipts, { below }) => receipts.toSpliced(below(receipts.length || 1), 1),
  'swap two receipts': swapTwo,
  'duplicate a receipt': (receipts, { pick }) => (receipts.length > 0 ? [...receipts, pick(receipts)] : undefined),
  'alter the status of a receipt': (receipts, random) =>
    alterOne(receipts, random, (receipt) =>
      // Arbitrum's receipts of before Nitro do not commit to it, and nothing here reads it.
      receipt.status && receipt.type !== '0x78'
        ? { ...receipt, status: receipt.status === '0x1' ? '0x0' : '0x1' }
        : undefined,
    ),
  'alter the gas of a receipt': (receipts, random) =>
    alterOne(receipts, random, (receipt) => ({
      ...receipt,
      cumulativeGasUsed: toHex(Number(receipt.cumulativeGasUsed) + 1),
    })),
  'alter the type of a receipt': (receipts, random) =>
    alterOne(receipts, random, (receipt) => ({ ...receipt, type: receipt.type === '0x2' ? '0x1' : '0x2' })),
  'alter the bloom of a receipt': (receipts, random) =>
    alterOne(receipts, random, (receipt) =>
      receipt.logsBloom ? { ...receipt, logsBloom: alterHex(receipt.logsBloom, random) } : undefined,
    ),
  ...Object.fromEntries(
    Object.entries({ ...lists, ...toListMutations(contents) }).map(
      ([name, change]): [string, ListMutation<Receipt>] => [
        `${name} of a receipt`,
        (receipts, random) =>
          alterOne(receipts, random, (receipt) => {
            const logs = change(receipt.logs, random);
            return logs && { ...receipt, logs };
          }),
      ],
    ),
  ),
};

function toListMutations(changes: Readonly<Record<string, LogMutation>>): Readonly<Record<string, ListMutation<Log>>> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, (logs, random) => alterOne(logs, random, change)]),
  );
}

const alterHeader: Mutation = (world, random) => {
  const [name, value] = random.pick(Object.entries(world.header));
  return value && value !== '0x'
    ? { ...world, header: { ...world.header, [name]: alterHex(value, random) } }
    : undefined;
};

const ofHeader: Readonly<Record<string, Mutation>> = {
  'alter a digit of the header': alterHeader,
  'leave a field of the header out': (world, { pick }) => {
    const [name, value] = pick(Object.entries(world.header));
    // Before another field, absent and zero are written the same.
    return value === '0x0' ? undefined : { ...world, header: { ...world.header, [name]: undefined } };
  },
  'invent another block': (world, random) => {
    const altered = alterHeader(world, random);
    const header = altered && rehash(altered.header);
    const where = { blockHash: header?.hash, blockNumber: header?.number };
    return header && { ...world, header, logs: world.logs.map((log) => ({ ...log, ...where })) };
  },
};

function rehash(header: RpcHeader): RpcHeader | undefined {
  try {
    return { ...header, hash: headerHash(header) };
  } catch (thrown) {
    if (thrown instanceof MalformedAnswer) return undefined;
    throw thrown;
  }
}

const ofLogs = { ...lists, ...toListMutations(contents), ...toListMutations(surroundings) };
const mutations: ReadonlyMap<string, Mutation> = new Map([
  ...Object.entries(ofHeader),
  ...Object.entries(ofLogs).map(([name, change]): [string, Mutation] => [
    name,
    (world, random) => {
      const logs = change(world.logs, random);
      return logs && { ...world, logs };
    },
  ]),
  ...Object.entries(ofReceipts).flatMap(([name, change]): [string, Mutation][] => [
    [
      `receipts: ${name}`,
      (world, random) => {
        const receipts = change(world.receipts, random);
        return receipts && { ...world, receipts };
      },
    ],
    [
      `receipts and logs: ${name}`,
      (world, random) => {
        const changed = change(world.receipts, random);
        const receipts = changed && numberLogs(changed);
        return receipts && { ...world, receipts, logs: selectLogs(receipts, world.filter) };
      },
    ],
  ]),
]);

describe('10,000 single mutations of honest blocks', () => {
  const pool = Array.from({ length: 200 }, (_, at) => buildWorld(at * 7_919 + 1, at % 10 === 0 ? 60 : 1 + (at % 14)));
  /** What the header or the form of the logs gives away, so that receipts are not even asked for. */
  const inForm = new Set([
    ...Object.keys(ofHeader),
    ...['swap two logs', 'reverse the logs', 'duplicate a log', 'mark as removed', 'write a number in decimal'],
    ...["alter the block's hash", "alter the block's number", 'alter the time'],
  ]);

  it('are all detected with receipts, and those of header or form without', () => {
    const effective = new Map([...mutations.keys()].map((name) => [name, 0]));
    fc.assert(
      fc.property(fc.nat(pool.length - 1), fc.constantFrom(...mutations.keys()), fc.integer(), (at, name, seed) => {
        const honest = pool[at] as World;
        const mutated = mutations.get(name)?.(honest, createRandom(seed));
        if (!mutated || JSON.stringify(mutated) === JSON.stringify(honest)) return fc.pre(false);
        effective.set(name, (effective.get(name) ?? 0) + 1);
        expect([name, verify(mutated).kind]).toEqual([name, 'refused']);
        const superset = verify(mutated, { policy: 'superset', receipts: undefined }).kind;
        if (inForm.has(name)) expect([name, superset]).toEqual([name, 'refused']);
      }),
      { numRuns: 10_000, maxSkipsPerRun: 1_000 },
    );
    expect([...effective.values()].reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(10_000);
    expect([...effective].filter(([, count]) => count < 50)).toEqual([]);
  });
});
