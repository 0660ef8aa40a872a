import type { CanonicalEvent, EscrowChangeKind } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { Arguments, DecodedLog, Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { hex } from '../values.js';
import { toMarlinReads, toRateDecimals } from './marlinReads.js';
import { readJobMetadata } from './readJobMetadata.js';

/**
 * A job is a machine rented by the second, one task of the same id. Every log says by itself what it means.
 *
 * What the escrow still holds when a job closes goes back to the owner by a transfer of the token alone: no log of the
 * market says how much. So the deltas of an open job sum to what the contract holds for it, and those of a closed one
 * to what was refunded.
 */
export const marlinAdapter: Adapter = {
  protocol: 'marlin',
  toReads: toMarlinReads,
  adapt: (transaction, reads) =>
    transaction.map((decoded) => {
      const events = meanings[decoded.name]?.(decoded.args, { decoded, reads }) ?? [];
      return events.length > 0 ? { decoded, events } : { decoded, events, subject: toSubject(decoded) };
    }),
};

type Meaning = (args: Arguments, known: Known) => readonly CanonicalEvent[];

interface Known {
  readonly decoded: DecodedLog;
  readonly reads: ReadResults;
}

/** keccak256 of `RATE_LOCK`, the only lock of the market: the notice period of a change of rate. Its key is the job. */
const RATE_LOCK = '0xbb00c34f1a27e23493f1bd516e88ec0af9b091cc990f207e765f5bd5af012243';

const meanings: Readonly<Record<string, Meaning>> = {
  ProviderAdded: (args) => [toProvider(args, args.cp)],
  ProviderUpdatedWithCp: (args) => [toProvider(args, args.newCp)],
  // Its open jobs go on.
  ProviderRemoved: (args) => [{ kind: 'providerUpdated', provider: hex(args.provider), attributes: { active: false } }],
  JobOpened: toJob,
  // A settlement of nothing is one all the same: it moves the time up to which the job is paid. It is normal at a rate
  // of 0, with an empty balance, and for the second one of a block. The escrow does not change by it.
  JobSettled: (args) => [
    { kind: 'paid', task: hex(args.job), provider: 'ofTask', role: 'provider', amount: args.amount as bigint },
    ...toEscrow('spent', args.amount, { job: hex(args.job) }),
  ],
  JobClosed: (args) => [{ kind: 'taskCompleted', task: hex(args.job) }],
  // Whoever pays in, the money is the job's owner's from then on, whom this log does not name.
  JobDeposited: (args) => toEscrow('deposited', args.amount, { job: hex(args.job) }),
  JobWithdrew: (args) => toEscrow('withdrawn', args.amount, { job: hex(args.job), account: hex(args.to) }),
  JobReviseRateFinalized: (args, { decoded, reads }) => [
    {
      kind: 'priced',
      job: hex(args.job),
      provider: 'ofTask',
      basis: 'settled',
      unit: 'second',
      amount: args.newRate as bigint,
      scale: toRateDecimals(decoded, reads),
    },
  ],
  LockWaitTimeUpdated: (args) => [
    {
      kind: 'parameterChanged',
      name: args.selector === RATE_LOCK ? 'rateNoticeSeconds' : `lockSeconds:${hex(args.selector)}`,
      value: String(args.updatedLockTime),
    },
  ],
  // Amounts of jobs opened from now on are in another token than the manifest's.
  TokenUpdated: (args) => [{ kind: 'parameterChanged', name: 'token', value: hex(args.newToken) }],
};

/** Only a provider that is registered can change its control plane's URL. */
function toProvider(args: Arguments, uri: unknown): CanonicalEvent {
  return {
    kind: 'providerUpdated',
    provider: hex(args.provider),
    attributes: { owner: hex(args.provider), uri: String(uri), active: true },
  };
}

/** Paid for from here on; when the machine has booted is not written down. */
function toJob(args: Arguments, { decoded, reads }: Known): readonly CanonicalEvent[] {
  const job = hex(args.job);
  const rate = args.rate as bigint;
  return [
    {
      kind: 'jobCreated',
      job,
      provider: hex(args.provider),
      buyer: hex(args.owner),
      tasks: [{ task: job, position: 0 }],
      price: { amount: rate, providerAmount: rate, unit: 'second', scale: toRateDecimals(decoded, reads) },
      attributes: readJobMetadata(args.metadata),
    },
    { kind: 'taskStarted', task: job },
    ...toEscrow('deposited', args.balance, { job, account: hex(args.owner) }),
  ];
}

/** Nothing where the amount is 0. */
function toEscrow(
  change: EscrowChangeKind,
  value: unknown,
  whose: { readonly job: string; readonly account?: string },
): readonly CanonicalEvent[] {
  const amount = value as bigint;
  if (amount === 0n) return [];
  return [{ kind: 'escrowChanged', change, ...whose, amount, delta: change === 'deposited' ? amount : -amount }];
}

function toSubject({ args }: DecodedLog): Subject | undefined {
  if (args.job !== undefined) return { job: hex(args.job) };
  return args.selector === RATE_LOCK ? { job: hex(args.key) } : undefined;
}
