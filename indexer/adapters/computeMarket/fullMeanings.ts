import type { CanonicalEvent, StakeChangeKind } from '../../events/CanonicalEvent.js';
import type { Arguments } from '../../events/logs.js';
import { hex, toDate } from '../values.js';
import { type Meaning } from './Meaning.js';

/**
 * A provider is an account, its nodes are machines of it, a task is a part of a job. What a provider did not accept is
 * never counted against it: until then a job is nobody's.
 */
export const fullMeanings: Readonly<Record<string, Meaning>> = {
  ProviderUpdated: (args) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.provider),
      attributes: {
        owner: hex(args.provider),
        name: String(args.name),
        uri: String(args.uri),
        active: true,
        terms: { recipient: hex(args.recipient) },
      },
    },
  ],
  NodeUpdated: (args) => [
    toNode(args, {
      gpuModel: String(args.gpuModel),
      gpuCount: Number(args.gpuCount),
      vramMb: Number(args.vramMib),
      region: String(args.region),
      uri: String(args.uri),
    }),
  ],
  NodeRetired: (args) => [toNode(args, { active: false, terms: { retired: 'true' } })],
  // A machine is active while it is offered.
  OfferPosted: (args) => [
    { ...toPrice(args), basis: 'advertised', node: hex(args.nodeId) },
    toNode(args, { active: true }),
  ],
  OfferWithdrawn: (args) => [toNode(args, { active: false })],

  JobOpened: (args) => [
    toJob(args),
    { ...toPrice(args), basis: 'settled', node: hex(args.nodeId), job: String(args.jobId) },
  ],
  JobAccepted: (args) => [{ kind: 'jobAssigned', job: String(args.jobId), provider: hex(args.provider) }],
  EscrowDeposited: (args) => [escrow('deposited', args, args.amount as bigint)],
  EscrowRefunded: (args) => [escrow('withdrawn', args, -(args.amount as bigint))],

  TaskAssigned: (args) => [{ kind: 'taskAttempted', task: toTask(args), node: hex(args.nodeId) }],
  TaskStarted: (args) => [{ kind: 'taskStarted', task: toTask(args) }],
  TaskCompleted: (args) => [{ kind: 'taskCompleted', task: toTask(args) }],
  // A task that was delivered stays completed when it is accepted; one that was rejected is open again.
  TaskVerified: (args) =>
    args.accepted
      ? [toVerdict(args, 'accepted')]
      : [toVerdict(args, 'rejected'), { kind: 'taskReopened', task: toTask(args) }],
  TaskFailed: (args) => [{ kind: 'taskFailed', task: toTask(args) }],
  DisputeOpened: (args) => [{ kind: 'taskReopened', task: toTask(args) }],
  // Where the provider lost, a TaskFailed follows.
  DisputeResolved: (args) =>
    args.forProvider
      ? [toVerdict(args, 'accepted'), { kind: 'taskCompleted', task: toTask(args) }]
      : [toVerdict(args, 'rejected')],
  TaskPaid: toPayment,

  ProviderStakeLocked: (args) => [stake('locked', args, 1n)],
  ProviderStakeUnlocked: (args) => [stake('unlocked', args, -1n)],
  // It was counted as gone when it was unlocked.
  ProviderStakeWithdrawn: (args) => [stake('withdrawn', args, 0n)],
  ProviderSlashed: (args) => [{ ...stake('slashed', args, -1n), task: toTask(args) }],

  ParameterChanged: (args) => [{ kind: 'parameterChanged', name: String(args.name), value: String(args.value) }],
  TreasuryWithdrawn: (args) => [
    { kind: 'paid', role: 'withdrawal', recipient: hex(args.recipient), amount: args.amount as bigint },
  ],
};

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

function toNode(args: Arguments, attributes: Of<'nodeUpdated'>['attributes']): Of<'nodeUpdated'> {
  return { kind: 'nodeUpdated', node: hex(args.nodeId), provider: hex(args.provider), attributes };
}

function toPrice(args: Arguments) {
  const amount = args.pricePerGpuHour as bigint;
  return { kind: 'priced', provider: hex(args.provider), unit: 'hour', resource: 'gpu', amount } as const;
}

/** A log may name any number: a job beyond this is set aside, not unrolled. */
const MAX_TASKS = 10_000;
const BPS = 10_000n;

function toJob(args: Arguments): CanonicalEvent {
  const job = String(args.jobId);
  const taskCount = Number(args.taskCount);
  if (taskCount > MAX_TASKS) {
    throw new Error(`a job of ${taskCount} tasks; at most ${MAX_TASKS} are followed one by one`);
  }
  const amount = args.pricePerGpuHour as bigint;
  const feeBps = args.feeBps as bigint;
  return {
    kind: 'jobCreated',
    job,
    buyer: hex(args.buyer),
    tasks: Array.from({ length: taskCount }, (_, position) => ({ task: `${job}-${position}`, position })),
    price: { amount, providerAmount: amount - (amount * feeBps) / BPS, unit: 'hour' },
    deadline: toDate(args.deadline as bigint),
    attributes: {
      specHash: hex(args.specHash),
      offerOf: hex(args.nodeId),
      gpuSecondsPerTask: String(args.gpuSecondsPerTask),
      feeBps: String(feeBps),
    },
  };
}

function toTask(args: Arguments): string {
  return `${args.jobId}-${args.taskIndex}`;
}

/** About the node's part, not the task: a verdict follows the end of a task and must not take it back. */
function toVerdict(args: Arguments, result: 'accepted' | 'rejected'): CanonicalEvent {
  return { kind: 'taskVerified', task: toTask(args), mechanism: 'proof', node: hex(args.nodeId), result };
}

/** What leaves the escrow is the pay, and the fee that stays in the market's treasury. */
function toPayment(args: Arguments): readonly CanonicalEvent[] {
  const amount = args.amount as bigint;
  const fee = args.fee as bigint;
  const spent = amount + fee;
  const task = toTask(args);
  const payer = hex(args.payer);
  return [
    {
      kind: 'paid',
      task,
      provider: hex(args.provider),
      role: 'provider',
      payer,
      recipient: hex(args.recipient),
      amount,
    },
    {
      kind: 'escrowChanged',
      change: 'spent',
      account: payer,
      job: String(args.jobId),
      amount: spent,
      delta: -spent,
    },
    ...(fee > 0n ? [{ kind: 'paid', task, role: 'fee', payer, amount: fee } as const] : []),
  ];
}

function escrow(change: 'deposited' | 'withdrawn', args: Arguments, delta: bigint): CanonicalEvent {
  const amount = args.amount as bigint;
  return { kind: 'escrowChanged', change, account: hex(args.buyer), job: String(args.jobId), amount, delta };
}

const WHOLE_PROVIDER = `0x${'0'.repeat(64)}`;

function stake(change: StakeChangeKind, args: Arguments, sign: 1n | 0n | -1n) {
  const provider = hex(args.provider);
  const node = hex(args.nodeId);
  const amount = args.amount as bigint;
  return {
    kind: 'stakeChanged',
    change,
    account: provider,
    amount,
    delta: sign * amount,
    provider,
    ...(node === WHOLE_PROVIDER ? {} : { node }),
  } as const;
}
