import { computeMarket } from '../../../schema/protocols/computeMarket.js';
import type { NetworkDefinition } from '../../../schema/protocols/Manifest.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { Arguments, DecodedLog } from '../../events/logs.js';
import { computeMarketAdapter } from './computeMarketAdapter.js';

const node = `0x${'AB'.repeat(32)}`;
const owner = `0x${'CD'.repeat(20)}`;
const nodeId = node.toLowerCase();

function meaningOf(name: string, args: Arguments): readonly CanonicalEvent[] {
  const definition = { id: 'compute-market-lab' } as NetworkDefinition;
  const decoded = { name, args, role: 'market', network: { manifest: computeMarket, definition } } as DecodedLog;
  const [adapted] = computeMarketAdapter.adapt([decoded], new Map());
  return adapted?.events ?? [];
}

const everyone = { nodeId: node, owner, to: owner, client: owner, buyer: owner, provider: owner };

describe('ComputeMarket', () => {
  it('has a meaning for each of its events', () => {
    const amounts = { amount: 1n, budget: 1n, fee: 0n, feeBps: 0n, pricePerGpuHour: 1n, deadline: 1n };
    const args = { ...everyone, ...amounts, jobId: 7n, taskIndex: 2n, taskCount: 1n };
    for (const signature of computeMarket.events.market ?? []) {
      const name = /^event (\w+)/.exec(signature)?.[1] ?? '';
      expect([name, meaningOf(name, args).length]).not.toEqual([name, 0]);
    }
  });

  it('takes a registered node for a provider that its owner stands behind', () => {
    const args = { nodeId: node, owner, gpuModel: 3, gpuCount: 8, endpoint: 'https://node.example' };
    expect(meaningOf('NodeRegistered', args)).toEqual([
      {
        kind: 'providerUpdated',
        provider: nodeId,
        attributes: {
          owner: owner.toLowerCase(),
          uri: 'https://node.example',
          active: true,
          terms: { gpuModel: '3', gpuCount: '8' },
        },
      },
    ]);
  });

  it('keeps an offer exact as a term, whatever its size', () => {
    const [event] = meaningOf('OfferUpdated', { nodeId: node, pricePerHour: 2n ** 256n - 1n });
    expect(event).toMatchObject({ attributes: { terms: { pricePerHour: String(2n ** 256n - 1n) } } });
  });

  it('follows a job as one task of the same id', () => {
    const created = meaningOf('JobCreated', { jobId: 7n, client: owner, specHash: node, budget: 9n });
    expect(created).toMatchObject([{ kind: 'jobCreated', job: '7', tasks: [{ task: '7', position: 0 }] }]);
    expect(meaningOf('JobAssigned', { jobId: 7n, nodeId: node, price: 5n })).toEqual([
      { kind: 'jobAssigned', job: '7', provider: nodeId },
      { kind: 'taskAttempted', task: '7', node: nodeId },
    ]);
    expect(meaningOf('JobCompleted', { jobId: 7n })).toEqual([{ kind: 'taskCompleted', task: '7' }]);
    expect(meaningOf('JobFailed', { jobId: 7n })).toEqual([{ kind: 'taskFailed', task: '7' }]);
    expect(meaningOf('PayoutSent', { jobId: 7n, nodeId: node, to: owner, amount: 5n })).toEqual([
      { kind: 'paid', task: '7', provider: nodeId, role: 'provider', recipient: owner.toLowerCase(), amount: 5n },
    ]);
  });

  it('lowers the stake by what is unlocked or slashed, and names the job of a slash', () => {
    const args = { nodeId: node, jobId: 7n, amount: 5n };
    const deltas = ['StakeLocked', 'StakeUnlocked', 'StakeSlashed'].flatMap((name) => meaningOf(name, args));
    expect(deltas).toMatchObject([
      { change: 'locked', delta: 5n, provider: nodeId },
      { change: 'unlocked', delta: -5n, provider: nodeId },
      { change: 'slashed', delta: -5n, provider: nodeId, task: '7' },
    ]);
  });
});

describe('ComputeMarket in full', () => {
  const provider = owner.toLowerCase();
  const of = { ...everyone, jobId: 7n, taskIndex: 2n };
  const task = '7-2';

  it('tells providers from their nodes, and what is known of each', () => {
    const recipient = `0x${'EF'.repeat(20)}`;
    expect(
      meaningOf('ProviderUpdated', { provider: owner, recipient, name: 'Wood', uri: 'https://wood.example' }),
    ).toEqual([
      {
        kind: 'providerUpdated',
        provider,
        attributes: {
          owner: provider,
          name: 'Wood',
          uri: 'https://wood.example',
          active: true,
          terms: { recipient: recipient.toLowerCase() },
        },
      },
    ]);
    const machine = { gpuModel: 'H100', gpuCount: 8n, vramMib: 81_920n, region: 'eu-north', uri: '' };
    expect(meaningOf('NodeUpdated', { ...of, ...machine })).toEqual([
      {
        kind: 'nodeUpdated',
        node: nodeId,
        provider,
        attributes: { gpuModel: 'H100', gpuCount: 8, vramMb: 81_920, region: 'eu-north', uri: '' },
      },
    ]);
  });

  it('takes a node for active while it is offered, and keeps every price per GPU-hour', () => {
    expect(meaningOf('OfferPosted', { ...of, pricePerGpuHour: 5n })).toMatchObject([
      { kind: 'priced', basis: 'advertised', unit: 'hour', resource: 'gpu', amount: 5n, node: nodeId, provider },
      { kind: 'nodeUpdated', node: nodeId, attributes: { active: true } },
    ]);
    expect(meaningOf('OfferWithdrawn', of)).toMatchObject([{ node: nodeId, attributes: { active: false } }]);
    expect(meaningOf('NodeRetired', of)).toMatchObject([
      { node: nodeId, attributes: { active: false, terms: { retired: 'true' } } },
    ]);
  });

  it("opens a job of several tasks at the price agreed, which is nobody's until it is accepted", () => {
    const terms = { specHash: node, taskCount: 3n, gpuSecondsPerTask: 7_200n, pricePerGpuHour: 1_000n, feeBps: 250n };
    const [created, settled] = meaningOf('JobOpened', { ...of, ...terms, deadline: 1_790_000_000n });
    expect(created).toEqual({
      kind: 'jobCreated',
      job: '7',
      buyer: provider,
      tasks: [
        { task: '7-0', position: 0 },
        { task: '7-1', position: 1 },
        { task: '7-2', position: 2 },
      ],
      price: { amount: 1_000n, providerAmount: 975n, unit: 'hour' },
      deadline: new Date(1_790_000_000_000),
      attributes: { specHash: nodeId, offerOf: nodeId, gpuSecondsPerTask: '7200', feeBps: '250' },
    });
    expect(settled).toMatchObject({ kind: 'priced', basis: 'settled', unit: 'hour', job: '7', amount: 1_000n });
    expect(meaningOf('JobAccepted', of)).toEqual([{ kind: 'jobAssigned', job: '7', provider }]);
  });

  it('sets aside a job of more tasks than anyone follows, and takes a deadline that no calendar holds for none', () => {
    const terms = { specHash: node, gpuSecondsPerTask: 1n, pricePerGpuHour: 1n, feeBps: 0n, deadline: 2n ** 64n - 1n };
    expect(() => meaningOf('JobOpened', { ...of, ...terms, taskCount: 4_294_967_295n })).toThrow(/4294967295 tasks/);
    expect(meaningOf('JobOpened', { ...of, ...terms, taskCount: 1n })).toMatchObject([{ deadline: undefined }, {}]);
  });

  it('follows a task through assignment, start, completion and failure', () => {
    expect(meaningOf('TaskAssigned', of)).toEqual([{ kind: 'taskAttempted', task, node: nodeId }]);
    expect(meaningOf('TaskStarted', of)).toEqual([{ kind: 'taskStarted', task }]);
    expect(meaningOf('TaskCompleted', of)).toEqual([{ kind: 'taskCompleted', task }]);
    expect(meaningOf('TaskFailed', of)).toEqual([{ kind: 'taskFailed', task }]);
  });

  it('opens a task again that was rejected or is disputed, and completes it where the provider was right', () => {
    const verdict = { kind: 'taskVerified', task, mechanism: 'proof', node: nodeId };
    const accepted = { ...verdict, result: 'accepted' };
    const rejected = { ...verdict, result: 'rejected' };
    const reopened = { kind: 'taskReopened', task };
    expect(meaningOf('TaskVerified', { ...of, accepted: true })).toEqual([accepted]);
    expect(meaningOf('TaskVerified', { ...of, accepted: false })).toEqual([rejected, reopened]);
    expect(meaningOf('DisputeOpened', of)).toEqual([reopened]);
    expect(meaningOf('DisputeResolved', { ...of, forProvider: true })).toEqual([
      accepted,
      { kind: 'taskCompleted', task },
    ]);
    expect(meaningOf('DisputeResolved', { ...of, forProvider: false })).toEqual([rejected]);
  });

  it("adds up the buyers' money: deposited, spent on pay and fee, given back", () => {
    const paid = { ...of, payer: owner, recipient: owner, amount: 97n, fee: 3n };
    expect(meaningOf('TaskPaid', paid)).toEqual([
      { kind: 'paid', task, provider, role: 'provider', payer: provider, recipient: provider, amount: 97n },
      { kind: 'escrowChanged', change: 'spent', account: provider, job: '7', amount: 100n, delta: -100n },
      { kind: 'paid', task, role: 'fee', payer: provider, amount: 3n },
    ]);
    const moved = ['EscrowDeposited', 'EscrowRefunded'].flatMap((name) => meaningOf(name, { ...of, amount: 5n }));
    expect(moved).toMatchObject([
      { change: 'deposited', job: '7', account: provider, delta: 5n },
      { change: 'withdrawn', job: '7', account: provider, delta: -5n },
    ]);
  });

  it("counts stake as gone when it is unlocked, and knows a node's stake from its provider's", () => {
    const names = ['ProviderStakeLocked', 'ProviderStakeUnlocked', 'ProviderStakeWithdrawn', 'ProviderSlashed'];
    expect(names.flatMap((name) => meaningOf(name, { ...of, amount: 5n }))).toMatchObject([
      { change: 'locked', delta: 5n, provider, node: nodeId },
      { change: 'unlocked', delta: -5n },
      { change: 'withdrawn', delta: 0n },
      { change: 'slashed', delta: -5n, task },
    ]);
    const [whole] = meaningOf('ProviderStakeLocked', { ...of, nodeId: `0x${'0'.repeat(64)}`, amount: 5n });
    expect(whole).toEqual({
      kind: 'stakeChanged',
      change: 'locked',
      account: provider,
      amount: 5n,
      delta: 5n,
      provider,
    });
  });

  it("keeps the market's rules and what it takes out of its treasury, which is pay for nobody's work", () => {
    expect(meaningOf('ParameterChanged', { name: 'feeBps', value: 250n })).toEqual([
      { kind: 'parameterChanged', name: 'feeBps', value: '250' },
    ]);
    expect(meaningOf('TreasuryWithdrawn', { recipient: owner, amount: 5n })).toEqual([
      { kind: 'paid', role: 'withdrawal', recipient: provider, amount: 5n },
    ]);
  });
});
