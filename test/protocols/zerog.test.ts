import { type Address, parseEther } from 'viem';
import { createContracts } from '../../indexer/decode/createContracts.js';
import { createDecoder } from '../../indexer/decode/createDecoder.js';
import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import type { DecodedLog } from '../../indexer/events/logs.js';
import { interpretLogs } from '../../indexer/sync/interpretLogs.js';
import type { Hex } from '../../schema/lib/hex.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { findMissingPackage } from './zerogArtifacts.js';
import { LOCK_TIME_S, openZerogChain, type ZerogChain } from './zerogChain.js';
import { getActors, playStory } from './zerogStory.js';

/** The real contracts on a real node: every number is held against what the chain itself did. */
const missing = findMissingPackage();
// A continuous integration installs everything: there a missing package is a failure.
if (missing && process.env.CI !== 'true')
  it.skip(`0G Compute's own contracts (skipped: npm package ${missing} is not installed)`, () => undefined);
else describe("0G Compute's own contracts", tellStory);

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

const lower = (address: Address | undefined) => String(address).toLowerCase();

function tellStory(): void {
  let chain: ZerogChain;
  let told: Told;
  let earned: bigint;
  let provider: Address;
  let tuner: Address;
  let buyer: Address;
  let second: Address;

  beforeAll(async () => {
    chain = await openZerogChain();
    ({ provider, tuner, buyer, second } = getActors(chain));
    ({ earned } = await playStory(chain));
    told = await interpret(chain);
  }, 120_000);

  afterAll(() => chain?.close());

  it('are followed from their announcement by the ledger on', () => {
    expect(told.contracts).toEqual([
      expect.objectContaining({ address: lower(chain.inference), role: 'inference' }),
      expect.objectContaining({ address: lower(chain.fineTuning), role: 'fineTuning' }),
    ]);
    expect(told.of('parameterChanged')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'service:inference-v1.0', value: lower(chain.inference) }),
        expect.objectContaining({ name: 'recommended:inference', value: `v1.0 ${lower(chain.inference)}` }),
        expect.objectContaining({ name: `lockTime:${lower(chain.inference)}`, value: String(2 * LOCK_TIME_S) }),
      ]),
    );
  });

  it('leave no log broken or unknown', () => {
    expect(told.broken).toEqual([]);
    expect(told.logs.filter(({ name }) => name === 'unknown')).toEqual([]);
  });

  it('show stake, service and prices, and that they went', () => {
    const stake = { account: lower(provider), provider: lower(provider), amount: parseEther('100') };
    expect(told.of('stakeChanged').filter((change) => change.provider === lower(provider))).toMatchObject([
      { ...stake, change: 'locked', delta: parseEther('100') },
      { ...stake, change: 'unlocked', delta: -parseEther('100') },
    ]);
    const [service, ...rest] = told.of('providerUpdated').filter((update) => update.provider === lower(provider));
    expect(service?.attributes).toMatchObject({
      uri: 'https://model.example',
      active: true,
      terms: { model: 'llama-3.3-70b', verifiability: 'TeeML' },
    });
    expect(rest.at(-1)?.attributes).toEqual({ active: false });
    expect(told.of('priced').filter((price) => price.provider === lower(provider))).toMatchObject([
      { resource: 'input', unit: 'token', amount: 100n },
      { resource: 'output', unit: 'token', amount: 400n },
    ]);
  });

  it('pay what a settlement really moved, in full and in part', () => {
    const paid = told.of('paid').filter((payment) => payment.provider === lower(provider));
    expect(paid.map(({ payer, amount }) => [payer, amount])).toEqual([
      [lower(buyer), parseEther('0.5')],
      [lower(buyer), parseEther('1.5')],
      [lower(second), parseEther('0.25')],
    ]);
    expect(paid.reduce((sum, { amount }) => sum + amount, 0n)).toBe(earned);
    expect(told.logs.filter(({ name }) => name === 'TEESettlementResult').map(({ args }) => args)).toMatchObject([
      { status: 0n, unsettledAmount: 0n },
      { status: 1n, unsettledAmount: parseEther('3.5') },
      { status: 0n, unsettledAmount: 0n },
      { status: 4n, unsettledAmount: parseEther('0.1') },
    ]);
  });

  it('describe the machine that fine-tunes, and what it delivers', () => {
    const [machine, ...rest] = told.of('nodeUpdated');
    expect(machine).toMatchObject({
      provider: lower(tuner),
      attributes: { gpuModel: 'H200', gpuCount: 8, active: true, terms: { cpuCount: '64', occupied: 'false' } },
    });
    expect(rest.map(({ node }) => node)).toContain(machine?.node);
    const jobs = told.of('jobCreated');
    expect(jobs).toMatchObject([
      { buyer: lower(buyer), provider: lower(tuner), attributes: { deliverableId: 'first' } },
      { buyer: lower(buyer), provider: lower(tuner), attributes: { deliverableId: 'second' } },
    ]);
    const [first, other] = jobs.map(({ job }) => job);
    expect(told.of('taskVerified').map(({ task, mechanism, result }) => [task, mechanism, result])).toEqual([
      [first, 'acknowledgement', 'accepted'],
      [first, 'tee', 'accepted'],
      [other, 'tee', 'accepted'],
      [other, 'acknowledgement', 'rejected'],
    ]);
    // The contract pays 30 % of what the buyer did not acknowledge.
    expect(told.of('paid').filter((payment) => payment.provider === lower(tuner))).toMatchObject([
      { task: first, payer: lower(buyer), amount: parseEther('1') },
      { task: other, payer: lower(buyer), amount: parseEther('0.3') },
    ]);
  });

  it('spend of the buyers exactly what they pay', () => {
    const spent = told.of('escrowChanged').map(({ account, amount, delta }) => [account, amount, delta]);
    expect(spent).toEqual(told.of('paid').map(({ payer, amount }) => [payer, amount, -amount]));
  });

  it('state what is left after every change, of each buyer with each provider', () => {
    const stated = told.of('balanceStated');
    expect(new Set(stated.map(({ account, subaccount }) => `${account} ${subaccount}`)).size).toBe(3);
    const left = new Map(stated.map(({ account, subaccount, amount }) => [`${account} ${subaccount}`, amount]));
    expect([...left.values()]).toEqual(expect.arrayContaining([0n, parseEther('0.75'), parseEther('0.7')]));
    const subaccounts = new Set(stated.map(({ subaccount }) => subaccount));
    for (const { subaccount } of told.of('escrowChanged')) expect(subaccounts).toContain(subaccount);
  });
}

interface Told {
  readonly logs: readonly DecodedLog[];
  readonly transactions: readonly (readonly DecodedLog[])[];
  readonly broken: readonly unknown[];
  readonly contracts: readonly unknown[];
  of<Kind extends CanonicalEvent['kind']>(kind: Kind): Of<Kind>[];
}

/** As the sync does it, knowing of the ledger alone. */
async function interpret(chain: ZerogChain): Promise<Told> {
  const { manifest, definition } = getNetwork('0g-compute-mainnet');
  const ledger = { role: 'ledger', address: chain.ledger, startBlock: 0 };
  const network: Network = { manifest, definition: { ...definition, id: '0g-compute-lab', contracts: [ledger] } };
  const contracts = createContracts([network]);
  const filter = { addresses: [chain.ledger] };
  const interpreted = await interpretLogs(await chain.listLogs(filter), {
    ...{ contracts, decode: createDecoder(contracts), filter: { addresses: [lower(chain.ledger) as Hex] } },
    source: { read: async () => new Map() },
    store: { findReads: async () => new Map() },
    fetchMissing: (missing, from) => chain.listLogs(missing, from),
  });
  const logs = interpreted.logs.map(({ decoded }) => decoded);
  const events = interpreted.logs.flatMap((one) => one.events);
  return {
    ...{ logs, broken: interpreted.broken, contracts: interpreted.contracts },
    transactions: toTransactions(logs),
    of: <Kind extends CanonicalEvent['kind']>(kind: Kind) =>
      events.filter((event): event is Of<Kind> => event.kind === kind),
  };
}

function toTransactions(logs: readonly DecodedLog[]): readonly (readonly DecodedLog[])[] {
  const transactions = new Map<Hex, DecodedLog[]>();
  for (const decoded of logs) {
    const { txHash } = decoded.log;
    transactions.set(txHash, [...(transactions.get(txHash) ?? []), decoded]);
  }
  return [...transactions.values()];
}
