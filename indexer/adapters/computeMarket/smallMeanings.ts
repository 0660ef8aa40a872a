import type { StakeChangeKind } from '../../events/CanonicalEvent.js';
import type { Arguments } from '../../events/logs.js';
import { hex } from '../values.js';
import { type Meaning } from './Meaning.js';

/**
 * A node sells for itself: provider and node bear the same native id, and the owner is an attribute, so that every log
 * says by itself whom it concerns. A job is one task of the same id.
 */
export const smallMeanings: Readonly<Record<string, Meaning>> = {
  NodeRegistered: (args) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.nodeId),
      attributes: {
        owner: hex(args.owner),
        uri: String(args.endpoint),
        active: true,
        terms: { gpuModel: String(args.gpuModel), gpuCount: String(args.gpuCount) },
      },
    },
  ],
  OfferUpdated: (args) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.nodeId),
      attributes: { terms: { pricePerHour: String(args.pricePerHour) } },
    },
  ],
  // The budget is what the client would pay at most, not a price.
  JobCreated: (args) => [
    {
      kind: 'jobCreated',
      job: String(args.jobId),
      buyer: hex(args.client),
      tasks: [{ task: String(args.jobId), position: 0 }],
      attributes: { specHash: hex(args.specHash), budget: String(args.budget) },
    },
  ],
  // The contract does not record when work begins; the assignment is an attempt of that node.
  JobAssigned: (args) => [
    { kind: 'jobAssigned', job: String(args.jobId), provider: hex(args.nodeId) },
    { kind: 'taskAttempted', task: String(args.jobId), node: hex(args.nodeId) },
  ],
  JobCompleted: (args) => [{ kind: 'taskCompleted', task: String(args.jobId) }],
  JobFailed: (args) => [{ kind: 'taskFailed', task: String(args.jobId) }],
  PayoutSent: (args) => [
    {
      kind: 'paid',
      task: String(args.jobId),
      provider: hex(args.nodeId),
      role: 'provider',
      recipient: hex(args.to),
      amount: args.amount as bigint,
    },
  ],
  StakeLocked: (args) => [stake('locked', args, 1n)],
  StakeUnlocked: (args) => [stake('unlocked', args, -1n)],
  StakeSlashed: (args) => [{ ...stake('slashed', args, -1n), task: String(args.jobId) }],
};

function stake(change: StakeChangeKind, args: Arguments, sign: 1n | -1n) {
  const node = hex(args.nodeId);
  const amount = args.amount as bigint;
  return { kind: 'stakeChanged', change, account: node, amount, delta: sign * amount, provider: node } as const;
}
