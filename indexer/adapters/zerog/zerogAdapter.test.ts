import fc from 'fast-check';
import { zerog } from '../../../schema/protocols/zerog.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { Arguments, DecodedLog, RawLog } from '../../events/logs.js';
import { zerogAdapter } from './zerogAdapter.js';
import { toNode, toTask } from './zerogIds.js';

const serving = `0x${'5e'.repeat(20)}` as const;
const provider = `0x${'ab'.repeat(20)}`;
const other = `0x${'bb'.repeat(20)}`;
const user = `0x${'cd'.repeat(20)}`;
const signer = `0x${'ef'.repeat(20)}`;
/** The buyer's money with the provider. */
const whose = { account: user, subaccount: `${serving}:${provider}` };
const definition = zerog.networks[0];

function build(role: string, name: string, args: Arguments = {}): DecodedLog {
  if (!definition) throw new Error('0G Compute has a network');
  const log = { address: role === 'ledger' ? `0x${'1e'.repeat(20)}` : serving } as RawLog;
  return { role, name, args, log, network: { manifest: zerog, definition } };
}

const adapt = (...transaction: readonly DecodedLog[]) => zerogAdapter.adapt(transaction, new Map());
const meaningOf = (...parts: Parameters<typeof build>): readonly CanonicalEvent[] =>
  adapt(build(...parts)).flatMap(({ events }) => events);

const spent = (amount: bigint, by = user) => build('ledger', 'FundSpent', { user: by, service: serving, amount });
const balance = (role: string, amount: bigint, of: { readonly user?: string; readonly provider?: string } = {}) =>
  build(role, 'BalanceUpdated', { user, provider, amount, pendingRefund: 0n, ...of });
const result = (status: bigint, unsettledAmount: bigint) =>
  build('inference', 'TEESettlementResult', { user, status, unsettledAmount });

const service = {
  service: provider,
  serviceType: 'chatbot',
  url: 'https://model.example',
  inputPrice: 3n,
  outputPrice: 5n,
  updatedAt: 1n,
  model: 'llama',
  verifiability: 'TeeML',
};
const quota = { cpuCount: 32n, nodeMemory: 256n, gpuCount: 8n, nodeStorage: 4000n, gpuType: 'H200' };
const machine = {
  provider,
  url: 'https://tune.example',
  quota,
  pricePerToken: 7n,
  teeSignerAddress: signer,
  occupied: true,
};
const deliverable = { user, provider, deliverableId: 'Task-1', modelRootHash: '0x12', timestamp: 1n };

describe('0G inference', () => {
  it('makes a provider and two prices out of a service', () => {
    expect(meaningOf('inference', 'ServiceUpdated', service)).toEqual([
      {
        kind: 'providerUpdated',
        provider,
        attributes: {
          owner: provider,
          uri: 'https://model.example',
          active: true,
          terms: { serviceType: 'chatbot', model: 'llama', verifiability: 'TeeML' },
        },
      },
      { kind: 'priced', provider, basis: 'advertised', unit: 'token', resource: 'input', amount: 3n, scale: 18 },
      { kind: 'priced', provider, basis: 'advertised', unit: 'token', resource: 'output', amount: 5n, scale: 18 },
    ]);
    expect(meaningOf('inference', 'ServiceRemoved', { service: provider })).toEqual([
      { kind: 'providerUpdated', provider, attributes: { active: false } },
    ]);
  });

  it('pays what was spent, to whom the next log names', () => {
    const [paid, left, settled] = adapt(spent(15n), balance('inference', 0n), result(1n, 35n));
    expect(paid?.events).toEqual([
      { kind: 'paid', role: 'provider', provider, recipient: provider, task: undefined, payer: user, amount: 15n },
      { kind: 'escrowChanged', change: 'spent', ...whose, job: undefined, amount: 15n, delta: -15n },
    ]);
    expect([left, settled]).toMatchObject([
      { events: [{ kind: 'balanceStated', of: 'escrow', ...whose, amount: 0n }], subject: { provider } },
      { events: [], subject: { provider } },
    ]);
  });

  it('pays each buyer of a batch apart', () => {
    const buyer = `0x${'ce'.repeat(20)}`;
    const batch = [spent(1n), balance('inference', 9n), result(0n, 0n)];
    const next = [spent(2n, buyer), balance('inference', 8n, { user: buyer }), result(0n, 0n)];
    const paid = adapt(...batch, ...next).flatMap(({ events }) => events.filter(({ kind }) => kind === 'paid'));
    expect(paid).toMatchObject([
      { payer: user, amount: 1n, provider },
      { payer: buyer, amount: 2n, provider },
    ]);
  });

  it('pays nobody in particular where the next log is not that of the serving contract', () => {
    for (const stranger of [balance('inference', 9n, { user: other }), result(0n, 0n)]) {
      const [paid] = adapt(spent(1n), stranger);
      expect(paid?.events[0]).toMatchObject({ kind: 'paid', provider: undefined, amount: 1n });
    }
  });

  it('takes a refused settlement for neither pay nor job, and names its provider only where that is certain', () => {
    const refused = (...rest: readonly DecodedLog[]) => adapt(result(4n, 50n), ...rest)[0];
    expect(refused()).toMatchObject({ events: [], subject: undefined });
    expect(refused(balance('inference', 9n))).toMatchObject({ events: [], subject: { provider } });
    const both = [balance('inference', 9n), balance('inference', 9n, { provider: other })];
    expect(refused(...both)).toMatchObject({ events: [], subject: undefined });
  });

  it('keeps who vouches for the signer as terms', () => {
    const args = { provider, teeSignerAddress: signer, acknowledged: false };
    expect(meaningOf('inference', 'ProviderTEESignerAcknowledged', args)).toMatchObject([
      {
        kind: 'providerUpdated',
        provider,
        attributes: { terms: { teeSigner: signer, teeSignerAcknowledged: 'false' } },
      },
    ]);
  });
});

describe('0G fine-tuning', () => {
  const node = toNode(build('fineTuning', 'ServiceUpdated', machine));
  const task = toTask(build('fineTuning', 'DeliverableAdded', deliverable));

  it('makes a machine with a price out of a service', () => {
    expect(meaningOf('fineTuning', 'ServiceUpdated', machine)).toMatchObject([
      { kind: 'providerUpdated', provider, attributes: { owner: provider, active: true } },
      {
        kind: 'nodeUpdated',
        node,
        provider,
        attributes: { active: true, gpuModel: 'H200', gpuCount: 8, terms: { cpuCount: '32', occupied: 'true' } },
      },
      { kind: 'priced', provider, node, basis: 'advertised', unit: 'token', resource: 'fine-tuning', amount: 7n },
    ]);
    expect(meaningOf('fineTuning', 'ServiceRemoved', { provider })).toMatchObject([
      { kind: 'providerUpdated', attributes: { active: false } },
      { kind: 'nodeUpdated', node, attributes: { active: false } },
    ]);
  });

  it('counts no GPUs that no machine has', () => {
    const [, update] = meaningOf('fineTuning', 'ServiceUpdated', {
      ...machine,
      quota: { ...quota, gpuCount: 2n ** 256n - 1n },
    });
    expect(update).toMatchObject({ attributes: { terms: { gpuCount: String(2n ** 256n - 1n) } } });
    expect(update).not.toHaveProperty('attributes.gpuCount');
  });

  it('takes a deliverable for a job of one task, known by buyer and provider as well', () => {
    expect(meaningOf('fineTuning', 'DeliverableAdded', deliverable)).toEqual([
      {
        kind: 'jobCreated',
        job: task,
        provider,
        buyer: user,
        tasks: [{ task, position: 0 }],
        attributes: { deliverableId: 'Task-1', modelRootHash: '0x12' },
      },
      { kind: 'jobAssigned', job: task, provider },
      { kind: 'taskAttempted', task, node },
      { kind: 'taskCompleted', task },
    ]);
    const others = [{ deliverableId: 'task-1' }, { user: other }, { provider: other }];
    const tasks = others.map((change) =>
      toTask(build('fineTuning', 'DeliverableAdded', { ...deliverable, ...change })),
    );
    expect(new Set([task, ...tasks]).size).toBe(4);
  });

  it('pays for the task that the log before names', () => {
    const fees = { user, provider, deliverableId: 'Task-1', fee: 15n, acknowledged: false, nonce: 1n };
    const [settled, paid] = adapt(build('fineTuning', 'FeesSettled', fees), spent(15n), balance('fineTuning', 5n));
    expect(settled?.events).toEqual([
      { kind: 'taskVerified', task, node, mechanism: 'tee', result: 'accepted' },
      { kind: 'taskVerified', task, node, mechanism: 'acknowledgement', result: 'rejected' },
    ]);
    expect(paid?.events).toMatchObject([
      { kind: 'paid', task, provider, payer: user, amount: 15n },
      { kind: 'escrowChanged', change: 'spent', account: user, job: task, delta: -15n },
    ]);
    expect(meaningOf('fineTuning', 'FeesSettled', { ...fees, acknowledged: true })).toHaveLength(1);
  });

  it('fails what the provider abandons, although it was delivered', () => {
    expect(meaningOf('fineTuning', 'DeliverableAcknowledged', deliverable)).toMatchObject([
      { kind: 'taskVerified', task, mechanism: 'acknowledgement', result: 'accepted' },
    ]);
    expect(meaningOf('fineTuning', 'DeliverableAbandoned', deliverable)).toEqual([
      { kind: 'taskReopened', task },
      { kind: 'taskFailed', task },
    ]);
    const evicted = { provider, user, evictedDeliverableId: 'Task-1', newDeliverableId: 'Task-2', timestamp: 1n };
    expect(adapt(build('fineTuning', 'DeliverableEvicted', evicted))).toMatchObject([
      { events: [], subject: { provider, job: task, task } },
    ]);
  });
});

describe('0G Compute', () => {
  it.each(['inference', 'fineTuning'])('locks and frees the stake of %s', (role) => {
    const amount = 100n;
    expect([
      ...meaningOf(role, 'ProviderStaked', { provider, amount }),
      ...meaningOf(role, 'ProviderStakeReturned', { provider, amount }),
    ]).toEqual([
      { kind: 'stakeChanged', change: 'locked', account: provider, provider, amount, delta: 100n },
      { kind: 'stakeChanged', change: 'unlocked', account: provider, provider, amount, delta: -100n },
    ]);
  });

  it('returns what is in a deleted account, and nothing from an empty one', () => {
    const deleted = (refundedAmount: bigint) =>
      adapt(build('inference', 'AccountDeleted', { user, provider, refundedAmount }));
    const gone = { kind: 'balanceStated', of: 'escrow', ...whose, amount: 0n };
    expect(deleted(0n)).toMatchObject([{ events: [gone], subject: { provider } }]);
    expect(deleted(4n)[0]?.events).toEqual([
      { kind: 'escrowChanged', change: 'withdrawn', ...whose, amount: 4n, delta: -4n },
      gone,
    ]);
  });

  it('names the contract whose rule changed', () => {
    expect(meaningOf('fineTuning', 'LockTimeUpdated', { oldLockTime: 1n, newLockTime: 3600n })).toEqual([
      { kind: 'parameterChanged', name: `lockTime:${serving}`, value: '3600' },
    ]);
    const initialized = { owner: user, lockTime: 86400n, ledgerAddress: other };
    expect(meaningOf('inference', 'ContractInitialized', initialized)).toMatchObject([
      { name: `lockTime:${serving}`, value: '86400' },
      { name: `ledger:${serving}`, value: other },
    ]);
    const registered = { serviceAddress: serving, serviceName: 'inference-v2.0' };
    expect(meaningOf('ledger', 'ServiceRegistered', registered)).toMatchObject([
      { name: 'service:inference-v2.0', value: serving },
    ]);
    const recommended = { serviceType: 'inference', version: 'v2.0', serviceAddress: serving };
    expect(meaningOf('ledger', 'RecommendedServiceUpdated', recommended)).toMatchObject([
      { name: 'recommended:inference', value: `v2.0 ${serving}` },
    ]);
  });

  it('shows what has no meaning with the provider it names', () => {
    const logs = ['RefundRequested', 'TokenRevoked', 'TokensRevoked', 'AllTokensRevoked'];
    for (const name of logs) {
      expect(adapt(build('inference', name, { user, provider }))).toMatchObject([
        { events: [], subject: { provider } },
      ]);
    }
  });

  it('hands on whatever a provider writes as it stands, for the writer to clean', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\u{1F600}'.repeat(5_000)));
    fc.assert(
      fc.property(text, (hostile) => {
        const said = { ...service, url: hostile, model: hostile, serviceType: hostile, verifiability: hostile };
        const claimed = { ...machine, url: hostile, quota: { ...quota, gpuType: hostile } };
        const delivered = { ...deliverable, deliverableId: hostile, modelRootHash: hostile };
        for (const events of [
          meaningOf('inference', 'ServiceUpdated', said),
          meaningOf('fineTuning', 'ServiceUpdated', claimed),
          meaningOf('fineTuning', 'DeliverableAdded', delivered),
        ]) {
          expect(listTexts(events)).toContain(hostile);
        }
      }),
    );
  });
});

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listTexts) : [];
}
