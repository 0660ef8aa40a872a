import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { DecodedLog } from '../../events/logs.js';
import { findProviderOfPeer } from './fluenceMarket.js';
import { findToken, findWorker } from './fluenceReads.js';
import { findCid, toId, toResourceKind } from './fluenceText.js';
import { isWorkToken } from './fluenceTokens.js';
import type { LogContext, Meaning, Meanings } from './Meaning.js';

/**
 * A deal is a job of one task, both by the deal's address: its workers attempt it, each on a peer. The Diamond, the
 * BalanceKeeper and the deal itself tell of the same step in one transaction; `unlessTold` lets one of them count.
 */
export const dealMeanings: Meanings = {
  DealCreated: (context) => {
    const { pricePerCuPerEpoch, cuCountPerWorker, minWorkers } = context.args;
    const attributes = { minWorkers: String(minWorkers), computeUnitsPerWorker: String(cuCountPerWorker) };
    return [toJob(context, (pricePerCuPerEpoch as bigint) * (cuCountPerWorker as bigint), attributes)];
  },
  DealCreatedV2: (context) => {
    const { pricePerEpoch, resources } = context.args;
    return [toJob(context, pricePerEpoch as bigint, { resources: toResources(resources) })];
  },
  ComputeUnitsMatched: toAttempt,
  WorkerCreatedV2: toAttempt,
  WorkerJoined: unlessTold(['ComputeUnitsMatched', 'WorkerCreatedV2'], toAttempt),
  WorkerActivated: toStart,
  WorkerActivatedV2: toStart,
  DealEnded: toEnd,
  DealStopped: unlessTold(['DealEnded'], toEnd),
  DealStoppedV2: unlessTold(['DealEnded'], toEnd),
  DealDeposit: (context) => toEscrow(context, 'deposited', context.args.user),
  Deposited: unlessTold(['DealDeposit'], (context) => toEscrow(context, 'deposited')),
  DealFunded: unlessTold(['DealDeposit', 'Deposited'], (context) => toEscrow(context, 'deposited', context.args.owner)),
  DealFundedV2: unlessTold(['DealDeposit', 'Deposited'], (context) =>
    toEscrow(context, 'deposited', context.args.owner),
  ),
  // The BalanceKeeper writes the same of what a buyer takes back and of what a worker is paid.
  DealWithdraw: unlessTold(['Withdrawn', 'RewardWithdrawn'], (context) =>
    toEscrow(context, 'withdrawn', context.args.user),
  ),
  Withdrawn: (context) => toEscrow(context, 'withdrawn', findLedgerLog(context)?.args.user),
};

/** A deal's own RewardWithdrawn; the Diamond's, of the same topic, is of a commitment. */
export const dealRewardMeanings: Meanings = { RewardWithdrawn: toPayout };

/** The deal a log is of. */
export function findDeal({ role, log, args }: DecodedLog): string | undefined {
  if (role === 'deal') return log.address;
  return args.deal === undefined ? undefined : toId(args.deal);
}

/** Only where no log of these names says the same of the same deal and worker in this transaction. */
function unlessTold(names: readonly string[], meaning: Meaning): Meaning {
  return (context) => {
    const { transaction, decoded } = context;
    const isTold = transaction.some((other) => names.includes(other.name) && isOfSame(other, decoded));
    return isTold ? [] : meaning(context);
  };
}

/** Of one deal, and where both name a worker, of one worker. */
function isOfSame(one: DecodedLog, other: DecodedLog): boolean {
  const [worker, otherWorker] = [findWorkerId(one), findWorkerId(other)];
  const isSameWorker = worker === undefined || otherWorker === undefined || toId(worker) === toId(otherWorker);
  return isSameWorker && findDeal(one) === findDeal(other);
}

function findWorkerId({ args }: DecodedLog): unknown {
  return args.onchainWorkerId ?? args.onchainId;
}

/** The price is of one worker for one epoch; `targetWorkers` says how many are wanted. */
function toJob({ decoded, args }: LogContext, amount: bigint, more: Readonly<Record<string, string>>): CanonicalEvent {
  const job = toId(args.deal);
  const app = findCid(args.appCID);
  const isComparable = isWorkToken(decoded, args.paymentToken) && amount < LIMIT;
  return {
    kind: 'jobCreated',
    job,
    buyer: toId(args.owner),
    tasks: [{ task: job, position: 0 }],
    ...(isComparable && { price: { amount, providerAmount: amount, unit: 'epoch' as const } }),
    attributes: {
      ...(app && { app }),
      targetWorkers: String(args.targetWorkers),
      maxWorkersPerProvider: String(args.maxWorkersPerProvider),
      ...more,
      providersAccess: accessTypes[Number(args.providersAccessType_)] ?? String(args.providersAccessType_),
      paymentToken: toId(args.paymentToken),
      createdAtEpoch: String(args.createdAtEpoch),
      protocolVersion: String(args.protocolVersion_),
    },
  };
}

/** No amount on chain exceeds a word; a product of two may. */
const LIMIT = 2n ** 256n;
const accessTypes = ['any', 'whitelist', 'blacklist'];
/** A buyer may list what it likes. */
const MAX_RESOURCES = 20;

function toResources(resources: unknown): string {
  const wanted = resources as readonly { readonly ty: unknown; readonly quantity: bigint }[];
  const texts = wanted.slice(0, MAX_RESOURCES).map(({ ty, quantity }) => `${toResourceKind(ty)} ${quantity}`);
  return texts.join(', ');
}

function toTask(decoded: DecodedLog): string {
  return findDeal(decoded) ?? '';
}

function toAttempt(context: LogContext): readonly CanonicalEvent[] {
  const { decoded, args } = context;
  const job = toTask(decoded);
  const provider = findProviderOfPeer(context, args.peerId);
  const attempted: CanonicalEvent = { kind: 'taskAttempted', task: job, node: toId(args.peerId) };
  return provider ? [{ kind: 'jobAssigned', job, provider }, attempted] : [attempted];
}

function toStart({ decoded }: LogContext): readonly CanonicalEvent[] {
  return [{ kind: 'taskStarted', task: toTask(decoded) }];
}

function toEnd({ decoded }: LogContext): readonly CanonicalEvent[] {
  return [{ kind: 'taskCompleted', task: toTask(decoded) }];
}

/** What a deal holds. A buyer's money at the BalanceKeeper that is in no deal yet is not the market's. */
function toEscrow(
  { decoded, args, reads }: LogContext,
  change: 'deposited' | 'withdrawn',
  account?: unknown,
): readonly CanonicalEvent[] {
  const amount = args.amount as bigint;
  if (amount === 0n || !isWorkToken(decoded, args.token ?? findToken(reads, decoded))) return [];
  const delta = change === 'deposited' ? amount : -amount;
  const owner = account === undefined ? {} : { account: toId(account) };
  return [{ kind: 'escrowChanged', change, ...owner, job: findDeal(decoded), amount, delta }];
}

/**
 * The stakers' share of a worker's price goes to the Diamond's owner, while stakers are rewarded in FLT: what the
 * protocol keeps.
 */
function toPayout(context: LogContext): readonly CanonicalEvent[] {
  const { decoded, args, reads } = context;
  if (!isWorkToken(decoded, findToken(reads, decoded))) return [];
  const job = decoded.log.address;
  const amount = args.providerReward as bigint;
  const fee = args.stakerReward as bigint;
  const spent = [amount, fee].filter((part) => part > 0n);
  const paid: CanonicalEvent = { kind: 'paid', task: job, ...findParties(context), role: 'provider', amount };
  return [
    paid,
    ...spent.map((part) => ({ kind: 'escrowChanged', change: 'spent', job, amount: part, delta: -part }) as const),
    ...(fee > 0n ? [{ kind: 'paid', task: job, role: 'fee', amount: fee } as const] : []),
  ];
}

/** The BalanceKeeper's word on the same money. */
function findLedgerLog({ transaction, decoded }: LogContext): DecodedLog | undefined {
  const { amount } = decoded.args;
  return transaction.find(
    (other) => other.name === 'DealWithdraw' && other.args.amount === amount && isOfSame(other, decoded),
  );
}

/** A worker that is paid as it leaves is no longer there to be asked; the log of its leaving names its peer. */
function findParties(context: LogContext): { readonly provider: string; readonly node?: string } {
  const { decoded, reads, args, transaction } = context;
  const worker = findWorker(reads, decoded, args.onchainWorkerId);
  if (worker) return { provider: toId(worker.provider), node: toId(worker.peerId) };
  const left = transaction.find((other) => other.name === 'WorkerRemoved' && isOfSame(other, decoded));
  if (!left) return { provider: 'ofTask' };
  const { peerId } = left.args;
  return { provider: findProviderOfPeer(context, peerId) ?? 'ofTask', node: toId(peerId) };
}
