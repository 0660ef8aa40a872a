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

describe('ComputeMarket', () => {
  it('has a meaning for each of its events', () => {
    const args = { nodeId: node, owner, to: owner, client: owner, jobId: 7n, amount: 1n, budget: 1n };
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
