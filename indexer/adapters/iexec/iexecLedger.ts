import type { CanonicalEvent, EscrowChangeKind, PayoutRole, StakeChangeKind } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { AdaptedLog, DecodedLog } from '../../events/logs.js';
import { hex } from '../values.js';
import { findBoostDeal, findDealOfTask, toTaskId } from './iexecTerms.js';

type Meaning = Omit<AdaptedLog, 'decoded'>;

/** Where the stakes of failed tasks go; IexecPocoCommon KITTY_ADDRESS. */
const KITTY = '0x99c2268479b93fde36232351229815df80837e23';

/**
 * Gives the hub's ledger logs their meaning by the order the contracts write them in (IexecPoco1Facet.matchOrders,
 * IexecPoco2Facet.contribute, finalize, claim; IexecPocoBoostFacet): each run of ledger logs belongs to the first log after it that closes
 * a step. One transaction may hold several steps (claimArray), so the run starts anew after each.
 */
export function toLedgerMeanings(
  transaction: readonly DecodedLog[],
  reads: ReadResults,
): ReadonlyMap<DecodedLog, Meaning> {
  const meanings = new Map<DecodedLog, Meaning>();
  let run: DecodedLog[] = [];
  for (const decoded of transaction) {
    if (ledgerNames.has(decoded.name) && decoded.role === 'hub') {
      run.push(decoded);
      continue;
    }
    const close = closers[decoded.name];
    if (!close) continue;
    // A contribution that finalises at once pays out before it names the worker; its run closes at TaskFinalize.
    if (decoded.name === 'TaskContribute' && run.some((log) => log.name === 'Reward')) continue;
    for (const [log, meaning] of close(run, decoded, reads)) meanings.set(log, meaning);
    run = [];
  }
  return meanings;
}

/** The Lock of a match that holds its whole price: its owner pays. The workerpool's stake is locked right after it. */
export function findPriceLock(transaction: readonly DecodedLog[], dealId: string): DecodedLog | undefined {
  const notice = transaction.findIndex(
    ({ name, args }) =>
      (name === 'SchedulerNotice' && args.dealid === dealId) ||
      (name === 'SchedulerNoticeBoost' && args.dealId === dealId),
  );
  const locks = transaction.slice(0, Math.max(notice, 0)).filter((log) => log.name === 'Lock' && log.role === 'hub');
  return locks.at(-2);
}

const ledgerNames = new Set(['Lock', 'Unlock', 'Seize', 'Reward']);

type Closer = (
  run: readonly DecodedLog[],
  closing: DecodedLog,
  reads: ReadResults,
) => Iterable<readonly [DecodedLog, Meaning]>;

const closers: Readonly<Record<string, Closer>> = {
  SchedulerNotice: closeMatch,
  SchedulerNoticeBoost: closeMatch,
  TaskContribute: closeContribute,
  TaskFinalize: closeFinalize,
  TaskClaimed: closeClaim,
  ResultPushedBoost: closeBoost,
};

/** Lock(sponsor): the price of all tasks, set aside for the job; Lock(scheduler): the workerpool's stake. */
function* closeMatch(run: readonly DecodedLog[], { args }: DecodedLog): Iterable<readonly [DecodedLog, Meaning]> {
  const locks = run.filter((log) => log.name === 'Lock');
  const provider = hex(args.workerpool);
  const job = String(args.dealid ?? args.dealId);
  for (const lock of locks) {
    if (lock === locks.at(-1)) yield [lock, stake(lock, 'locked', { provider, sign: 1n })];
    else yield [lock, escrow(lock, 'moved', { sign: 1n, job })];
  }
}

function* closeContribute(run: readonly DecodedLog[], { args }: DecodedLog): Iterable<readonly [DecodedLog, Meaning]> {
  const lock = run.findLast((log) => log.name === 'Lock');
  if (lock) yield [lock, workerStake(lock, 'locked', String(args.taskid))];
}

/**
 * Seize(sponsor), Reward(application), Reward(dataset), Unlock(workerpool), then Seize(kitty) and Reward(workerpool)
 * when the kitty holds anything, then per worker Unlock and Reward, or Seize when it was wrong, and Reward(workerpool).
 */
function* closeFinalize(
  run: readonly DecodedLog[],
  { args }: DecodedLog,
  reads: ReadResults,
): Iterable<readonly [DecodedLog, Meaning]> {
  const task = String(args.taskid);
  const poolUnlock = run.findIndex((log) => log.name === 'Unlock');
  const lastReward = run.findLastIndex((log) => log.name === 'Reward');
  const payer = toPayer(run);
  let owners = toOwners(findDealOfTask(reads, task)?.app.price);
  for (const [index, log] of run.entries()) {
    if (index < poolUnlock) {
      if (log.name !== 'Reward') {
        yield [log, escrow(log, 'spent', { sign: -1n, task })];
        continue;
      }
      const [role = 'dataset', ...rest] = owners;
      owners = rest;
      yield [log, payout(log, { task, role, payer })];
    } else if (index === poolUnlock) {
      yield [log, stake(log, 'unlocked', { provider: 'ofTask', sign: -1n, task })];
    } else if (log.name === 'Reward') {
      const fromKitty = run[index - 1]?.name === 'Seize' && isKitty(run[index - 1]);
      const role = fromKitty ? 'bonus' : index === lastReward ? 'provider' : 'worker';
      yield [log, payout(log, { task, role, payer: fromKitty ? KITTY : payer })];
    } else if (log.name === 'Unlock') {
      yield [log, workerStake(log, 'unlocked', task)];
    } else if (log.name === 'Seize' && !isKitty(log)) {
      yield [log, workerStake(log, 'slashed', task)];
    } else {
      yield [log, { events: [], subject: { task } }];
    }
  }
}

/** Who is paid beside the workerpool, in the contract's order: an owner whose price is 0 is passed over. */
function toOwners(appPrice: bigint | undefined): readonly PayoutRole[] {
  return appPrice === 0n ? ['dataset'] : ['application', 'dataset'];
}

function toPayer(run: readonly DecodedLog[]): string | undefined {
  const seized = run.find((log) => log.name === 'Seize');
  return seized && hex(seized.args.owner);
}

/**
 * Seize(payer), Reward(worker), Reward(application), Reward(dataset), Unlock(workerpool), Seize(kitty) when it holds
 * anything, Reward(workerpool) with what came from the kitty. No other log names the worker.
 */
function* closeBoost(
  run: readonly DecodedLog[],
  closing: DecodedLog,
  reads: ReadResults,
): Iterable<readonly [DecodedLog, Meaning]> {
  const { dealId, index } = closing.args;
  const task = toTaskId(String(dealId), index as bigint);
  const payer = toPayer(run);
  const roles: PayoutRole[] = ['worker', ...toOwners(findBoostDeal(reads, dealId)?.appPrice)];
  const kitty = run.find((log) => log.name === 'Seize' && isKitty(log));
  const poolUnlock = run.findIndex((log) => log.name === 'Unlock');
  for (const [at, log] of run.entries()) {
    if (log === kitty) yield [log, { events: [], subject: { task } }];
    else if (log.name === 'Seize') yield [log, escrow(log, 'spent', { sign: -1n, task })];
    else if (log.name === 'Unlock') yield [log, stake(log, 'unlocked', { provider: 'ofTask', sign: -1n, task })];
    else if (at < poolUnlock) yield [log, payout(log, { task, role: roles.shift() ?? 'dataset', payer })];
    else yield [log, boostReward(log, { task, payer, fromKitty: (kitty?.args.amount as bigint | undefined) ?? 0n })];
  }
  const worker = run.find((log) => log.name === 'Reward')?.args.owner;
  const completed = { kind: 'taskCompleted', task } as const;
  const events: readonly CanonicalEvent[] = worker
    ? [{ kind: 'taskAttempted', task, node: hex(worker) }, completed]
    : [completed];
  yield [closing, { events, subject: { job: String(dealId) } }];
}

function boostReward(
  log: DecodedLog,
  { task, payer, fromKitty }: { readonly task: string; readonly payer?: string; readonly fromKitty: bigint },
): Meaning {
  const amount = (log.args.amount as bigint) - fromKitty;
  const events = [...payout(log, { task, role: 'provider', payer, amount }).events];
  if (fromKitty > 0n) events.push(...payout(log, { task, role: 'bonus', payer: KITTY, amount: fromKitty }).events);
  return { events };
}

/** Unlock(sponsor): the refund; Seize(workerpool): the slash; Reward and Lock(kitty); then Unlock per worker. */
function* closeClaim(run: readonly DecodedLog[], { args }: DecodedLog): Iterable<readonly [DecodedLog, Meaning]> {
  const task = String(args.taskid);
  const seized = run.findIndex((log) => log.name === 'Seize');
  for (const [index, log] of run.entries()) {
    if (index === seized) yield [log, stake(log, 'slashed', { provider: 'ofTask', sign: -1n, task })];
    else if (log.name === 'Reward') yield [log, payout(log, { task, role: 'penalty', payer: toPayer(run) })];
    else if (log.name === 'Unlock' && index > seized) yield [log, workerStake(log, 'unlocked', task)];
    else if (log.name === 'Unlock') yield [log, escrow(log, 'moved', { sign: -1n, task })];
    else yield [log, { events: [], subject: { task } }];
  }
}

/** A workerpool's own stake. */
function stake(
  { args }: DecodedLog,
  change: StakeChangeKind,
  effect: { readonly provider: string; readonly sign: 1n | -1n; readonly task?: string },
): Meaning {
  const amount = args.amount as bigint;
  const account = hex(args.owner);
  return {
    events: [
      {
        kind: 'stakeChanged',
        change,
        account,
        amount,
        delta: effect.sign * amount,
        provider: effect.provider,
        task: effect.task,
      },
    ],
  };
}

/** A worker's stake for one contribution: the node's, not the provider's. */
function workerStake({ args }: DecodedLog, change: StakeChangeKind, task: string): Meaning {
  const account = hex(args.owner);
  return {
    events: [
      {
        kind: 'stakeChanged',
        change,
        account,
        node: account,
        amount: args.amount as bigint,
        delta: 0n,
        provider: 'ofTask',
        task,
      },
    ],
  };
}

/** What is set aside for a job of the account's; a Transfer beside it tells the account's free money. */
function escrow(
  { args }: DecodedLog,
  change: EscrowChangeKind,
  { sign, ...whose }: { readonly sign: 1n | -1n; readonly job?: string; readonly task?: string },
): Meaning {
  const amount = args.amount as bigint;
  const account = hex(args.owner);
  if (amount === 0n) return { events: [], subject: whose };
  return { events: [{ kind: 'escrowChanged', change, account, ...whose, amount, delta: sign * amount }] };
}

function payout(
  { args }: DecodedLog,
  {
    task,
    role,
    payer,
    amount = args.amount as bigint,
  }: { readonly task: string; readonly role: PayoutRole; readonly payer?: string; readonly amount?: bigint },
): Meaning {
  const recipient = hex(args.owner);
  const event: CanonicalEvent = {
    kind: 'paid',
    task,
    role,
    payer,
    recipient,
    amount,
    ...(role === 'worker' ? { node: recipient } : {}),
    ...(role === 'provider' || role === 'worker' || role === 'bonus' ? { provider: 'ofTask' } : {}),
  };
  return { events: [event] };
}

function isKitty(log: DecodedLog | undefined): boolean {
  return hex(log?.args.owner) === KITTY;
}
