import { assert } from '../../../schema/lib/assert.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { AdaptedLog, Arguments, DecodedLog, Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { hex } from '../values.js';
import {
  findDeadline,
  type Offer,
  type Request,
  toAttributes,
  toBuyer,
  toPriceAt,
  toRequestId,
} from './boundlessRequest.js';

/**
 * A prover is a provider, a request is a job of one task of the same id. Most buyers offer their requests off chain, so
 * whatever log names a request first announces it.
 *
 * Who locks a request is its provider from then on. Should another prover fulfil it after the lock ran out, the log does
 * not say that it was another: only so a slash, which names the request alone, meets who had locked it.
 *
 * ETH comes into the market by Deposit and leaves it by Withdrawal; in between it moves from balance to balance without a
 * log. So the changes of escrow add up to what the market holds, and not to what one account has.
 */
export const boundlessAdapter: Adapter = {
  protocol: 'boundless',
  adapt: (transaction, _, time) =>
    transaction.map((decoded, at): AdaptedLog => {
      const events = meanings[decoded.name]?.(decoded, time) ?? [];
      if (events.length > 0) return { decoded, events };
      return { decoded, events, subject: toSubject(decoded, transaction[at + 1]) };
    }),
};

type Meaning = (decoded: DecodedLog, time: Date | undefined) => readonly CanonicalEvent[];

const meanings: Readonly<Record<string, Meaning>> = {
  // The most that the buyer would pay.
  RequestSubmitted: ({ args }) => {
    const request = args.request as Request;
    const { maxPrice: amount } = request.offer;
    return [
      { ...toJob(args.requestId), ...toTerms(request) },
      { kind: 'priced', job: toRequestId(args.requestId), basis: 'bid', unit: 'task', amount },
    ];
  },
  RequestLocked: ({ args }, time) => {
    const job = toRequestId(args.requestId);
    const provider = hex(args.prover);
    const request = args.request as Request;
    const amount = toLockedPrice(request.offer, time);
    return [
      {
        ...toJob(args.requestId),
        ...toTerms(request),
        price: { amount, providerAmount: amount, unit: 'task' },
      },
      { kind: 'jobAssigned', job, provider },
      { kind: 'priced', job, provider, basis: 'settled', unit: 'task', amount },
    ];
  },
  // The market has checked the proof by now. One that nobody had locked is whose proof came.
  RequestFulfilled: ({ args }) => {
    const task = toRequestId(args.requestId);
    return [
      { ...toJob(args.requestId), provider: hex(args.prover) },
      { kind: 'taskVerified', task, mechanism: 'proof', result: 'accepted' },
      { kind: 'taskCompleted', task },
    ];
  },
  ProverSlashed: toSlash,
  CollateralDeposit: ({ args }) => [
    { kind: 'providerUpdated', provider: hex(args.account), attributes: { owner: hex(args.account) } },
    ...toStake('locked', args, 1n),
  ],
  CollateralWithdrawal: ({ args }) => toStake('withdrawn', args, -1n),
  Deposit: ({ args }) => toEscrow('deposited', args, 1n),
  Withdrawal: ({ args }) => toEscrow('withdrawn', args, -1n),
  Upgraded: ({ args }) => [{ kind: 'parameterChanged', name: 'implementation', value: hex(args.implementation) }],
};

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

function toJob(id: unknown): Of<'jobCreated'> {
  const job = toRequestId(id);
  return {
    kind: 'jobCreated',
    job,
    restated: true,
    buyer: toBuyer(id),
    tasks: [{ task: job, position: 0 }],
    attributes: {},
  };
}

function toTerms(request: Request): Pick<Of<'jobCreated'>, 'deadline' | 'attributes'> {
  return { deadline: findDeadline(request.offer), attributes: toAttributes(request) };
}

function toLockedPrice(offer: Offer, time: Date | undefined): bigint {
  assert(time, 'the sync knows the time of every block whose logs it adapts');
  return toPriceAt(offer, BigInt(time.getTime() / 1000));
}

/**
 * Half of the collateral is burnt. The rest goes to the prover that fulfilled the request late, or, where nobody did, to
 * the market itself: the request has failed then.
 */
function toSlash({ log, args }: DecodedLog): readonly CanonicalEvent[] {
  const task = toRequestId(args.requestId);
  const transferred = args.collateralTransferred as bigint;
  const amount = transferred + (args.collateralBurned as bigint);
  const recipient = hex(args.collateralRecipient);
  const slash: CanonicalEvent = {
    ...{ kind: 'stakeChanged', change: 'slashed', provider: 'ofTask', task },
    ...{ amount, delta: -amount },
  };
  if (recipient === log.address) return [slash, { kind: 'taskFailed', task }];
  const moved: CanonicalEvent = {
    ...{ kind: 'stakeChanged', change: 'moved', account: recipient, provider: recipient, task },
    ...{ amount: transferred, delta: transferred },
  };
  return [slash, moved];
}

/** Collateral counts as stake while it is in the market, whether a request holds it or not. */
function toStake(change: 'locked' | 'withdrawn', args: Arguments, sign: 1n | -1n): readonly CanonicalEvent[] {
  const provider = hex(args.account);
  const amount = args.value as bigint;
  return [{ kind: 'stakeChanged', change, account: provider, provider, amount, delta: sign * amount }];
}

function toEscrow(change: 'deposited' | 'withdrawn', args: Arguments, sign: 1n | -1n): readonly CanonicalEvent[] {
  const amount = args.value as bigint;
  return [{ kind: 'escrowChanged', change, account: hex(args.account), amount, delta: sign * amount }];
}

/** Why a proof was not paid for stands right before the proof, and names no request. */
function toSubject({ name, args }: DecodedLog, next: DecodedLog | undefined): Subject | undefined {
  if (name === 'ProofDelivered') return { job: toRequestId(args.requestId), provider: hex(args.prover) };
  if (name === 'CallbackFailed') return { job: toRequestId(args.requestId) };
  if (name !== 'PaymentRequirementsFailed' || next?.name !== 'ProofDelivered') return undefined;
  return { job: toRequestId(next.args.requestId), provider: hex(next.args.prover) };
}
