import { type AbiEvent, decodeFunctionResult, encodeFunctionData, parseAbiItem, toEventSelector } from 'viem';
import type { CanonicalEvent, EventKind } from '../../indexer/events/CanonicalEvent.js';
import type { AdaptedLog } from '../../indexer/events/logs.js';
import type { Hex } from '../../schema/lib/hex.js';
import { toExtraDecimals, toRunOutTime, toSettledAmount } from '../../schema/protocols/marlin/settlement.js';
import { marlin } from '../../schema/protocols/marlin.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { FIRST_TIME, type OpenAnvil, openAnvil } from '../lib/openAnvil.js';
import { type CompiledContract, compileSolidity } from './compileSolidity.js';
import {
  deposits,
  metadata,
  type PlayedMarket,
  playMarlinMarket,
  RATE,
  REVISED_RATE,
  toJobId,
} from './playMarlinMarket.js';
import { readAdaptedLogs } from './readAdaptedLogs.js';

/** Both networks' kinds of token, and both forms of metadata. */
const markets = [
  { title: '6 decimals, metadata as text', tokenDecimals: 6, asBytes: false },
  { title: '18 decimals, metadata as bytes', tokenDecimals: 18, asBytes: true },
];

let anvil: OpenAnvil;
let contracts: Readonly<Record<string, CompiledContract>>;
const played = new Map<string, PlayedMarket>();
let adapted: readonly AdaptedLog[];

beforeAll(async () => {
  contracts = compileSolidity('MarlinMarket.sol');
  anvil = await openAnvil({ keptStates: 100 });
  for (const [index, { title, ...options }] of markets.entries()) {
    const time = FIRST_TIME + 1_000 * (index + 1);
    played.set(title, await playMarlinMarket({ rpc: anvil.rpc, contracts, time, ...options }));
  }
  adapted = await readAdaptedLogs(anvil.url, listNetworks());
});

afterAll(async () => {
  await anvil?.close();
});

/** The manifest, with the played markets for networks. */
function listNetworks(): readonly Network[] {
  const [definition] = marlin.networks;
  if (!definition) throw new Error('Marlin Oyster has networks');
  return [...played].map(([id, { market }]) => {
    const contracts = [{ role: 'market', address: market, startBlock: 0 }];
    return { manifest: marlin, definition: { ...definition, id, contracts } };
  });
}

describe.each(markets)('a market on a real chain: $title', ({ title, tokenDecimals }) => {
  const extraDecimals = toExtraDecimals(tokenDecimals);
  const milli = (count: number) => BigInt(count) * 10n ** BigInt(tokenDecimals - 3);
  const [first, second, third] = [1, 2, 3].map(toJobId);

  function getPlayed(): PlayedMarket {
    const found = played.get(title);
    if (!found) throw new Error(`no market of ${title} was played`);
    return found;
  }

  const listLogs = () => adapted.filter(({ decoded }) => decoded.network.definition.id === title);

  function listEvents<K extends EventKind>(kind: K): readonly Extract<CanonicalEvent, { kind: K }>[] {
    const events = listLogs().flatMap((one) => one.events);
    return events.filter((event): event is Extract<CanonicalEvent, { kind: K }> => event.kind === kind);
  }

  it('speaks in the order of MarketV1', async () => {
    const settled = ['Transfer', 'JobSettled'];
    const closed = ['LockDeleted', 'JobClosed'];
    const byStep = await Promise.all(
      getPlayed().steps.map(async ({ at, transactions }) => [at, await Promise.all(transactions.map(listNames))]),
    );
    expect(Object.fromEntries(byStep)).toEqual({
      0: [['ProviderAdded'], ...Array(3).fill(['Transfer', 'JobOpened'])],
      100: [['Transfer', 'JobDeposited']],
      151: Array(4).fill(settled),
      160: [['LockCreated', 'JobReviseRateInitiated']],
      170: [['LockDeleted', 'JobReviseRateCancelled']],
      180: [['LockCreated', 'JobReviseRateInitiated']],
      480: [['LockDeleted', ...settled, 'JobReviseRateFinalized']],
      500: [['JobMetadataUpdated']],
      540: [[...settled, 'Transfer', 'JobWithdrew']],
      600: [
        ['LockDeleted', ...settled, 'Transfer', ...closed],
        [...settled, 'Transfer', ...closed],
        ['LockDeleted', ...settled, ...closed],
      ],
      610: [['ProviderUpdatedWithCp']],
      620: [['ProviderRemoved']],
    });
  });

  it('is understood log by log', () => {
    for (const { decoded, events, subject } of listLogs()) {
      expect([decoded.name, events.length > 0 || subject?.job !== undefined]).toEqual([decoded.name, true]);
    }
    expect(listEvents('parameterChanged')).toMatchObject([
      { name: 'rateNoticeSeconds', value: '300' },
      { name: 'token', value: getPlayed().token.toLowerCase() },
    ]);
    expect(listEvents('providerUpdated').map(({ attributes }) => [attributes.uri, attributes.active])).toEqual([
      ['https://cp.example', true],
      ['https://cp2.example', true],
      [undefined, false],
    ]);
  });

  it('opens jobs as running tasks, with what their metadata says where it says anything', () => {
    const { owner, provider } = getPlayed();
    const whose = { buyer: owner.toLowerCase(), provider: provider.toLowerCase() };
    const attributes = { ...metadata, memory: '4096', vcpu: '2' };
    const toPrice = (rate: bigint) => ({ amount: rate, providerAmount: rate, unit: 'second', scale: 18 });
    expect(listEvents('jobCreated')).toMatchObject([
      { job: first, ...whose, tasks: [{ task: first, position: 0 }], price: toPrice(RATE), attributes },
      { job: second, ...whose, tasks: [{ task: second, position: 0 }], price: toPrice(0n), attributes: {} },
      { job: third, ...whose, tasks: [{ task: third, position: 0 }], price: toPrice(RATE), attributes },
    ]);
    expect(listEvents('taskStarted').map(({ task }) => task)).toEqual([first, second, third]);
    expect(listEvents('taskCompleted').map(({ task }) => task)).toEqual([first, second, third]);
    expect(listEvents('priced')).toMatchObject([{ job: first, amount: REVISED_RATE, unit: 'second', scale: 18 }]);
  });

  it('pays what the arithmetic says, settlement by settlement, those of one block and of nothing included', () => {
    const plenty = milli(1_000);
    const settle = (rate: bigint, seconds: bigint, balance = plenty) =>
      toSettledAmount({ rate, seconds, balance, extraDecimals });
    expect(listEvents('paid').map(({ task, amount }) => [task, amount])).toEqual([
      [first, settle(RATE, 151n)],
      [first, 0n],
      [second, 0n],
      [third, milli(deposits.third)],
      [first, settle(RATE, 329n)],
      [first, settle(REVISED_RATE, 60n)],
      [first, settle(REVISED_RATE, 60n)],
      [second, 0n],
      [third, 0n],
    ]);
    const settlements = listLogs().filter(({ decoded }) => decoded.name === 'JobSettled');
    const places = settlements.map(({ decoded: { log } }) => `${log.blockHash} ${log.txHash} ${log.logIndex}`);
    expect(new Set(places).size).toBe(settlements.length);
  });

  it('lets a balance run out when the arithmetic says', async () => {
    const { time, steps } = getPlayed();
    const terms = { rate: RATE, balance: milli(deposits.third), lastSettled: BigInt(time), extraDecimals };
    // 0.001 at 0.189 an hour.
    expect(toRunOutTime(terms)).toBe(BigInt(time) + 19n);
    const settled = steps.find(({ at }) => at === 151);
    expect(await getBalance(third, settled?.height ?? 0)).toBe(0n);
  });

  it('holds for each job what the changes of its escrow sum to, and refunds the rest at the end', async () => {
    const { steps, market, owner } = getPlayed();
    for (const job of [first, second, third]) {
      const sumAt = (height: number) => sum(listChanges(job, height).map(({ delta }) => delta));
      for (const { at, height } of steps.filter((step) => step.at < 600)) {
        expect([job, at, sumAt(height)]).toEqual([job, at, await getBalance(job, height)]);
      }
      expect(sumAt(Number.MAX_SAFE_INTEGER)).toBe(await getRefund(job, { from: market, to: owner }));
    }
    const changes = listChanges(first, Number.MAX_SAFE_INTEGER).map(({ change }) => change);
    expect(changes).toEqual(['deposited', 'deposited', 'spent', 'spent', 'spent', 'withdrawn', 'spent']);
  });

  function listChanges(job: Hex | undefined, height: number) {
    return listLogs()
      .filter(({ decoded }) => decoded.log.height <= height)
      .flatMap(({ events }) => events)
      .filter((event) => event.kind === 'escrowChanged')
      .filter((event) => event.job === job);
  }

  async function getBalance(job: Hex | undefined, height: number): Promise<bigint> {
    const abi = contracts.MarlinMarket?.abi ?? [];
    const call = { to: getPlayed().market, data: encodeFunctionData({ abi, functionName: 'jobs', args: [job] }) };
    const data = (await anvil.rpc.call('eth_call', call, `0x${height.toString(16)}`)) as Hex;
    const [, , , balance] = decodeFunctionResult({ abi, functionName: 'jobs', data }) as readonly bigint[];
    return balance ?? -1n;
  }

  /** What the job's closing transaction moved from the market to the owner. */
  async function getRefund(job: Hex | undefined, { from, to }: { readonly from: Hex; readonly to: Hex }) {
    const closed = listLogs().find(({ decoded }) => decoded.name === 'JobClosed' && decoded.args.job === job);
    const logs = await listReceiptLogs(closed?.decoded.log.txHash ?? '0x');
    const moves = logs.filter(({ topics }) => topics[1] === toTopic(from) && topics[2] === toTopic(to));
    return sum(moves.map(({ data }) => BigInt(data)));
  }
});

it('together the markets emit every event that the manifest names', () => {
  const named = (marlin.events.market ?? []).map((signature) => toEventSelector(parseAbiItem(signature) as AbiEvent));
  expect(new Set(adapted.map(({ decoded }) => decoded.log.topics[0]))).toEqual(new Set(named));
});

interface ReceiptLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

async function listReceiptLogs(transaction: Hex): Promise<readonly ReceiptLog[]> {
  const receipt = await anvil.rpc.call('eth_getTransactionReceipt', transaction);
  return (receipt as { readonly logs: readonly ReceiptLog[] }).logs;
}

async function listNames(transaction: Hex): Promise<readonly string[]> {
  const events = Object.values(contracts).flatMap(({ abi }) => abi.filter((item) => item.type === 'event'));
  const names = new Map(events.map((event) => [toEventSelector(event), event.name]));
  return (await listReceiptLogs(transaction)).map(({ topics: [topic = '0x'] }) => names.get(topic) ?? topic);
}

function toTopic(address: Hex): Hex {
  return `0x${address.slice(2).toLowerCase().padStart(64, '0')}`;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
