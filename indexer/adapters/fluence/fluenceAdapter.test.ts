import { type AbiEvent, type AbiParameter, parseAbiItem } from 'viem';
import type { Hex } from '../../../schema/lib/hex.js';
import { fluence } from '../../../schema/protocols/fluence.js';
import type { NetworkDefinition } from '../../../schema/protocols/Manifest.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { AdaptedLog, Arguments, DecodedLog } from '../../events/logs.js';
import { fluenceAdapter } from './fluenceAdapter.js';

const toWord = (digit: string): Hex => `0x${digit.repeat(64)}`;
const toAddress = (digits: string): Hex => `0x${digits.repeat(20)}`;

const provider = toAddress('A1');
const staker = toAddress('A2');
const buyer = toAddress('A3');
const signer = toAddress('A4');
const deal = toAddress('de');
const otherToken = toAddress('70');
const usdc = fluence.networks[0]?.workToken?.address ?? '0x';
const [offerId, peerId, commitmentId, workerId, resourceId, unitId] = ['1', '2', '3', '4', '5', '6'].map(toWord);
const blockHash = toWord('b');
const providerId = provider.toLowerCase();
const definition = fluence.networks[0] as NetworkDefinition;
const noCid = { prefixes: '0x00000000', hash: toWord('0') };

type Role = 'diamond' | 'balanceKeeper' | 'deal';

function build(name: string, args: Arguments, role: Role = 'diamond'): DecodedLog {
  const address = role === 'deal' ? deal : toAddress('d1');
  const log = {
    height: 7,
    blockHash,
    address,
    txHash: toWord('c'),
    txIndex: 0,
    logIndex: 0,
    topics: [],
    data: '0x' as Hex,
  };
  return { name, args, role, log, network: { manifest: fluence, definition } };
}

/** What the chain would answer: the peer is the provider's, by its offer. */
const answers: Readonly<Record<string, unknown>> = {
  [`commitment:${commitmentId}`]: { peerId, delegator: staker },
  [`peer:${peerId}@${blockHash}`]: { offerId, unitCount: 32n },
  [`offer:${offerId}@${blockHash}`]: { provider, paymentToken: usdc },
  [`offerDatacenter:${offerId}@${blockHash}`]: toWord('9'),
  [`datacenter:${toWord('9')}`]: { countryCode: 'LT', cityCode: 'KUN', index: 1n },
  [`resource:${resourceId}`]: { ty: 0, metadata: '{}' },
  [`token:${deal}`]: usdc,
  [`worker:${deal}:${workerId}@${blockHash}`]: { onchainId: workerId, peerId, provider },
};

function adapt(logs: readonly DecodedLog[], known: Readonly<Record<string, unknown>> = answers): readonly AdaptedLog[] {
  return fluenceAdapter.adapt(logs, new Map(Object.entries(known)));
}

function meaningOf(logs: DecodedLog | readonly DecodedLog[], known = answers): readonly CanonicalEvent[] {
  return adapt([logs].flat() as DecodedLog[], known).flatMap(({ events }) => events);
}

describe('Fluence providers and peers', () => {
  it('has providers by name, with the content id of what they say of themselves', () => {
    const metadata = { prefixes: '0x01551220', hash: toWord('0').replace(/0$/, '1') };
    const expected = {
      owner: providerId,
      name: 'Kaunas',
      terms: { metadata: expect.stringMatching(/^bafkrei[a-z2-7]{52}$/) },
    };
    const logs = build('ProviderInfoUpdated', { provider, name: 'Kaunas', metadata });
    expect(meaningOf(logs)).toEqual([{ kind: 'providerUpdated', provider: providerId, attributes: expected }]);
    const bare = meaningOf(build('ProviderInfoUpdated', { provider, name: 'Kaunas', metadata: noCid }));
    expect(bare).toMatchObject([{ attributes: { name: 'Kaunas' } }]);
    expect(bare[0]).not.toHaveProperty('attributes.terms');
  });

  const offer = build('MarketOfferRegistered', {
    provider,
    offerId,
    minPricePerCuPerEpoch: 5n,
    paymentToken: usdc,
    effectors: [],
  });

  it('prices the first version by compute unit, the second by resource', () => {
    const priced = { kind: 'priced', provider: providerId, basis: 'advertised', unit: 'epoch' };
    expect(meaningOf(offer)).toEqual([{ ...priced, resource: 'computeUnit', amount: 5n }]);
    const second = [
      offer,
      build('OfferV2Created', { offerId, provider, paymentToken: usdc, datacenterId: toWord('9') }),
      build('ResourcePriceUpdated', { offerId, resourceId, price: 3n }),
    ];
    expect(meaningOf(second)).toEqual([{ ...priced, resource: 'vcpu', amount: 3n }]);
  });

  it('learns whose a new offer is from its transaction, and compares no price in another token', () => {
    const change = build('MinPricePerCuPerEpochUpdated', { offerId, minPricePerCuPerEpoch: 6n });
    expect(meaningOf([offer, change], {})).toMatchObject([{ amount: 5n }, { provider: providerId, amount: 6n }]);
    expect(meaningOf(change)).toMatchObject([{ provider: providerId, amount: 6n }]);
    const [nobodys] = meaningOf(change, {});
    expect(nobodys).toMatchObject({ amount: 6n, provider: undefined });
    const foreign = adapt([build('MarketOfferRegistered', { ...offer.args, paymentToken: otherToken })]);
    expect(foreign).toMatchObject([{ events: [], subject: { provider: providerId } }]);
  });

  it('has peers for nodes, each where the data centre of its offer stands', () => {
    const created = build('PeerCreated', { offerId, peerId, owner: signer });
    const terms = { offer: offerId, owner: signer.toLowerCase() };
    expect(meaningOf(created)).toEqual([
      {
        kind: 'nodeUpdated',
        node: peerId,
        provider: providerId,
        attributes: { active: true, region: 'LT-KUN-1', terms },
      },
    ]);
    expect(meaningOf(created, {})).toEqual([
      { kind: 'nodeUpdated', node: peerId, attributes: { active: true, terms } },
    ]);
    expect(meaningOf(build('PeerRemoved', { offerId, peerId }))).toEqual([
      { kind: 'nodeUpdated', node: peerId, attributes: { active: false } },
    ]);
  });

  it('tells a node of what it has', () => {
    expect(meaningOf(build('ComputeUnitCreated', { peerId, unitId }))).toMatchObject([
      { node: peerId, attributes: { terms: { computeUnits: '32' } } },
    ]);
    expect(adapt([build('ComputeUnitCreated', { peerId, unitId })], {})).toMatchObject([
      { events: [], subject: { node: peerId } },
    ]);
    const supply = { peerId, resourceId, maxSupply: 64n, details: '{"model":"EPYC"}' };
    expect(meaningOf(build('PeerResourceRegistered', supply))).toMatchObject([
      { attributes: { terms: { vcpu: '64', vcpuDetails: '{"model":"EPYC"}' } } },
    ]);
    const left = { peerId, resourceId, newMaxSupply: 8n, newAvailableSupply: 3n };
    expect(meaningOf(build('PeerResourceSupplyUpdated', left), { [`resource:${resourceId}`]: { ty: 5 } })).toEqual([
      { kind: 'nodeUpdated', node: peerId, attributes: { gpuCount: 8, terms: { gpu: '8', gpuAvailable: '3' } } },
    ]);
  });
});

describe('Fluence commitments', () => {
  const locked = build('CollateralDeposited', { commitmentId, stakerAddress: staker, totalCollateral: 20n });
  const parties = { provider: providerId, node: peerId };

  it('lock stake, give it back less what was slashed, and earn for both sides what was never a part of it', () => {
    const account = staker.toLowerCase();
    const withdrawn = build('CollateralWithdrawn', { commitmentId, amountWithdrawn: 18n, amountSlashed: 2n });
    const rewarded = build('RewardWithdrawn', { commitmentId, providerReward: 7n, dealStakerRewardsAmount: 4n });
    expect(meaningOf([locked, withdrawn, rewarded])).toEqual([
      { kind: 'stakeChanged', change: 'locked', account, amount: 20n, delta: 20n, ...parties },
      { kind: 'stakeChanged', change: 'unlocked', account, amount: 18n, delta: -18n, ...parties },
      { kind: 'stakeChanged', change: 'slashed', account, amount: 2n, delta: -2n, ...parties },
      { kind: 'stakeChanged', change: 'rewarded', account: providerId, amount: 7n, delta: 0n, ...parties },
      { kind: 'stakeChanged', change: 'rewarded', account, amount: 4n, delta: 0n, ...parties },
    ]);
    expect(
      meaningOf(build('CollateralWithdrawn', { commitmentId, amountWithdrawn: 20n, amountSlashed: 0n })),
    ).toHaveLength(1);
  });

  it('are read as the contracts of 2024 wrote them', () => {
    const old = [
      build('CollateralDeposited', { commitmentId, totalCollateral: 20n }),
      build('RewardWithdrawn', { commitmentId, amount: 7n }),
    ];
    expect(meaningOf(old)).toMatchObject([
      { change: 'locked', account: staker.toLowerCase(), amount: 20n },
      { change: 'rewarded', account: providerId, amount: 7n },
    ]);
  });

  it('count where nobody can tell whose they are', () => {
    const anonymous = meaningOf([locked, build('RewardWithdrawn', { commitmentId, amount: 7n })], {});
    expect(anonymous).toEqual([
      { kind: 'stakeChanged', change: 'locked', account: staker.toLowerCase(), amount: 20n, delta: 20n },
      { kind: 'stakeChanged', change: 'rewarded', account: commitmentId, amount: 7n, delta: 0n },
    ]);
  });

  it('ask for their peer, its offer and with it the provider, at the block of the log', () => {
    const asked = [];
    const known = new Map<string, unknown>();
    for (;;) {
      const reads = fluenceAdapter.toReads?.(locked, known) ?? [];
      const fresh = reads.filter(({ key }) => !known.has(key));
      if (fresh.length === 0) break;
      asked.push(...fresh);
      for (const { key } of fresh) known.set(key, answers[key]);
    }
    expect(asked.map(({ signature }) => /function (\w+)/.exec(signature)?.[1])).toEqual([
      'getCommitment',
      'getComputePeer',
      'getOffer',
    ]);
    const diamond = definition.contracts[0]?.address.toLowerCase();
    for (const read of asked) expect(read).toMatchObject({ address: diamond, blockHash, height: 7 });
  });

  it('show their proofs on the page of the node, as no verification of any job', () => {
    const proofs = [
      build('ProofSubmitted', { commitmentId, unitId, localUnitNonce: toWord('8') }),
      build('CommitmentStatsUpdated', { commitmentId, totalFailCount: 3n }),
      build('ProofsConfirmed', { peerId, unitIds: [unitId], confirmed: [false] }),
    ];
    const subject = { node: peerId };
    expect(adapt(proofs)).toMatchObject(proofs.map(() => ({ events: [], subject })));
    expect(adapt(proofs.slice(0, 1), {})[0]?.subject).toBeUndefined();
  });

  it('mark their node when they begin, fail and finish', () => {
    const logs = [
      build('CommitmentActivated', { peerId, commitmentId, startEpoch: 2n, endEpoch: 12n, unitIds: [] }),
      build('CommitmentFailed', { commitmentId, failedEpoch: 9n }),
      build('CommitmentFinished', { commitmentId }),
    ];
    const statuses = ['active', 'failed', 'finished'];
    expect(meaningOf(logs)).toMatchObject(
      statuses.map((commitmentStatus) => ({
        kind: 'nodeUpdated',
        node: peerId,
        attributes: { terms: { commitmentStatus, commitment: commitmentId } },
      })),
    );
  });
});

describe('Fluence deals', () => {
  const terms = {
    ...{ owner: buyer, deal, createdAtEpoch: 3n, paymentToken: usdc, targetWorkers: 2n, maxWorkersPerProvider: 1n },
    ...{ appCID: noCid, providersAccessType_: 0, providersAccessList_: [], protocolVersion_: 2n },
  };
  const second = { ...terms, pricePerEpoch: 40n, resources: [{ resourceId, ty: 0, quantity: 4n }] };

  it('are jobs of one task, at the price of a worker for an epoch', () => {
    const job = { kind: 'jobCreated', job: deal, buyer: buyer.toLowerCase(), tasks: [{ task: deal, position: 0 }] };
    expect(meaningOf(build('DealCreatedV2', second))).toMatchObject([
      {
        ...job,
        price: { amount: 40n, providerAmount: 40n, unit: 'epoch' },
        attributes: { targetWorkers: '2', resources: 'vcpu 4', providersAccess: 'any' },
      },
    ]);
    const first = { ...terms, minWorkers: 1n, cuCountPerWorker: 4n, pricePerCuPerEpoch: 10n };
    expect(meaningOf(build('DealCreated', first))).toMatchObject([
      { ...job, price: { amount: 40n }, attributes: { computeUnitsPerWorker: '4' } },
    ]);
    const [foreign] = meaningOf(build('DealCreatedV2', { ...second, paymentToken: otherToken }));
    expect(foreign).toMatchObject(job);
    expect(foreign).not.toHaveProperty('price');
  });

  it.each([
    [
      'a worker',
      'attempt',
      [
        build('WorkerCreatedV2', { peerId, deal, onchainWorkerId: workerId }),
        build('WorkerJoined', { peerId, onchainId: workerId }, 'deal'),
      ],
    ],
    [
      'its end',
      'end',
      [build('DealEnded', { endedEpoch: 9n }, 'deal'), build('DealStoppedV2', { owner: buyer, deal, endedEpoch: 9n })],
    ],
    [
      'a deposit',
      'deposit',
      [
        build('DealDeposit', { token: usdc, deal, user: buyer, amount: 50n }, 'balanceKeeper'),
        build('Deposited', { amount: 50n }, 'deal'),
        build('DealFundedV2', { owner: buyer, deal, amount: 50n }),
      ],
    ],
    [
      'a withdrawal',
      'withdrawal',
      [
        build('DealWithdraw', { token: usdc, deal, user: buyer, amount: 50n }, 'balanceKeeper'),
        build('Withdrawn', { amount: 50n }, 'deal'),
      ],
    ],
  ] as const)('tell of %s once, whoever of the contracts logs it', (_, fact, logs) => {
    const facts: Record<string, readonly object[]> = {
      attempt: [
        { kind: 'jobAssigned', job: deal, provider: providerId },
        { kind: 'taskAttempted', task: deal, node: peerId },
      ],
      end: [{ kind: 'taskCompleted', task: deal }],
      deposit: [{ kind: 'escrowChanged', change: 'deposited', job: deal, amount: 50n, delta: 50n }],
      withdrawal: [{ kind: 'escrowChanged', change: 'withdrawn', job: deal, amount: 50n, delta: -50n }],
    };
    const inBothOrders = [logs, [...logs].reverse()];
    for (const order of [...inBothOrders, ...logs.map((log) => [log])])
      expect(meaningOf(order)).toMatchObject(facts[fact] ?? []);
  });

  it('tell of two workers, and of two deals, in one transaction apart', () => {
    const logs = [workerId, toWord('e')].flatMap((id) => [
      build('WorkerCreatedV2', { peerId, deal, onchainWorkerId: id }),
      build('WorkerJoined', { peerId, onchainId: id }, 'deal'),
    ]);
    expect(meaningOf(logs).filter(({ kind }) => kind === 'taskAttempted')).toHaveLength(2);
    const other = build('DealStoppedV2', { owner: buyer, deal: toAddress('ee'), endedEpoch: 9n });
    expect(meaningOf([build('DealEnded', { endedEpoch: 9n }, 'deal'), other])).toHaveLength(2);
  });

  it('start with each worker that is activated, and are not ended by one that leaves', () => {
    const active = { peerId, deal, onchainWorkerId: workerId, offchainWorkerId: toWord('a') };
    expect(meaningOf([build('WorkerActivated', active), build('WorkerActivatedV2', active)])).toEqual([
      { kind: 'taskStarted', task: deal },
      { kind: 'taskStarted', task: deal },
    ]);
    const left = adapt([build('WorkerRemovedV2', { peerId, deal, onchainWorkerId: workerId })]);
    expect(left).toMatchObject([{ events: [], subject: { node: peerId, job: deal } }]);
  });

  const reward = build('RewardWithdrawn', { onchainWorkerId: workerId, providerReward: 30n, stakerReward: 3n }, 'deal');

  it('pay the provider of the worker, and spend the share of its stakers beside it', () => {
    const paid = { kind: 'paid', task: deal, provider: providerId, node: peerId };
    const spent = { kind: 'escrowChanged', change: 'spent', job: deal };
    const ledger = [30n, 3n].map((amount) =>
      build('DealWithdraw', { token: usdc, deal, user: buyer, amount }, 'balanceKeeper'),
    );
    expect(meaningOf([...ledger, reward])).toEqual([
      { ...paid, role: 'provider', amount: 30n },
      { ...spent, amount: 30n, delta: -30n },
      { ...spent, amount: 3n, delta: -3n },
      { kind: 'paid', task: deal, role: 'fee', amount: 3n },
    ]);
  });

  it('pay whoever can be found: a worker of either version, one that leaves, else whoever runs the task', () => {
    const of = (known: Readonly<Record<string, unknown>>, ...logs: readonly DecodedLog[]) =>
      meaningOf([reward, ...logs], known)[0];
    const { [`worker:${deal}:${workerId}@${blockHash}`]: worker, ...others } = answers;
    // What a deal of the first version answers, read as if it were of the second.
    const shifted = { onchainId: toWord('0'), peerId: workerId, provider: peerId };
    const first = {
      [`worker:${deal}:${workerId}@${blockHash}`]: shifted,
      [`workerV1:${deal}:${workerId}@${blockHash}`]: worker,
    };
    expect(of({ ...others, ...first })).toMatchObject({ provider: providerId, node: peerId });
    const left = build('WorkerRemoved', { peerId, onchainId: workerId }, 'deal');
    expect(of(others, left)).toMatchObject({ provider: providerId, node: peerId });
    expect(of({}, left)).toMatchObject({ provider: 'ofTask', node: peerId });
    expect(of({})).toMatchObject({ provider: 'ofTask', amount: 30n });
  });

  it('count no money of another token', () => {
    const foreign = { ...answers, [`token:${deal}`]: otherToken };
    const deposit = build('Deposited', { amount: 50n }, 'deal');
    const ledger = build('DealDeposit', { token: otherToken, deal, user: buyer, amount: 50n }, 'balanceKeeper');
    expect(adapt([reward, deposit], foreign)).toMatchObject([{ events: [], subject: { job: deal } }, { events: [] }]);
    expect(adapt([ledger])).toMatchObject([{ events: [], subject: { job: deal } }]);
  });
});

describe('Fluence', () => {
  it('names the rules that are changed, and those it has no name for by their number', () => {
    const logs = [
      build('ConstantUpdated', { constantType: 0n, newValue: 4n }),
      build('CapacityConstantUpdated', { constantType: 99n, newValue: 5n }),
      build('PaymentTokenAddedToWhitelist', { paymentToken: usdc }),
    ];
    expect(meaningOf(logs)).toEqual([
      { kind: 'parameterChanged', name: 'minDealDepositedEpochs', value: '4' },
      { kind: 'parameterChanged', name: 'capacityConstant99', value: '5' },
      { kind: 'parameterChanged', name: `paymentToken ${usdc.toLowerCase()}`, value: 'allowed' },
    ]);
  });

  it('keeps a log that nobody listed with the deal that wrote it', () => {
    expect(adapt([build('unknown', {}, 'deal'), build('unknown', {})])).toMatchObject([{ subject: { job: deal } }, {}]);
  });

  const listed = Object.entries(fluence.events).flatMap(([role, signatures]) =>
    signatures.map((signature) => [role as Role, signature] as const),
  );

  it.each(listed)('survives whatever stands in an event of %s: %s', (role, signature) => {
    const event = parseAbiItem(signature) as AbiEvent;
    const args = Object.fromEntries(event.inputs.map((input) => [input.name ?? '', toHostile(input)]));
    const log = build(event.name, args, role);
    const nothing: ReadResults = new Map();
    for (const known of [answers, {}]) {
      const text = JSON.stringify(
        adapt([log, log], known).flatMap(({ events }) => events),
        (_, value) => (typeof value === 'bigint' ? String(value) : value),
      );
      // Texts are handed on as they stand, for the writer to clean.
      const texts = Object.values(args).filter((value) => value === HOSTILE_TEXT);
      expect(text.length).toBeLessThan(10_000 + 2 * JSON.stringify(texts).length);
    }
    expect(fluenceAdapter.toReads?.(log, nothing).length).toBeLessThan(4);
  });
});

const HOSTILE_TEXT = '<b>\u0000\uD83D\uDE00</b>'.repeat(10_000);

function toHostile(input: AbiParameter): unknown {
  if (input.type.endsWith('[]')) return Array(1_000).fill(toHostile({ ...input, type: input.type.slice(0, -2) }));
  if ('components' in input) {
    return Object.fromEntries(input.components.map((part) => [part.name ?? '', toHostile(part)]));
  }
  if (input.type === 'string') return HOSTILE_TEXT;
  if (input.type.startsWith('uint')) return 2n ** BigInt(input.type.slice(4)) - 1n;
  return `0x${'f'.repeat(input.type === 'address' ? 40 : 2 * Number(input.type.slice(5)))}`;
}
