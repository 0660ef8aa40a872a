import type { CanonicalEvent, PayoutRole, StakeChangeKind } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { AdaptedLog, DecodedLog } from '../../events/logs.js';
import { type Deal, findDealOfTask } from './iexecReads.js';

type Meaning = Omit<AdaptedLog, 'decoded'>;

/** Where the stakes of failed tasks go; IexecPocoCommon KITTY_ADDRESS. */
const KITTY = '0x99c2268479b93fde36232351229815df80837e23';

/**
 * Gives the hub's ledger logs their meaning by the order the contracts write them in (IexecPoco1Facet.matchOrders,
 * IexecPoco2Facet.contribute, finalize, claim): each run of ledger logs belongs to the first log after it that closes
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

const ledgerNames = new Set(['Lock', 'Unlock', 'Seize', 'Reward']);

type Closer = (
  run: readonly DecodedLog[],
  closing: DecodedLog,
  reads: ReadResults,
) => Iterable<readonly [DecodedLog, Meaning]>;

const closers: Readonly<Record<string, Closer>> = {
  SchedulerNotice: closeMatch,
  TaskContribute: closeContribute,
  TaskFinalize: closeFinalize,
  TaskClaimed: closeClaim,
};

/** Lock(sponsor): the buyer's escrow; Lock(scheduler): the workerpool's stake. */
function* closeMatch(run: readonly DecodedLog[], { args }: DecodedLog): Iterable<readonly [DecodedLog, Meaning]> {
  const locks = run.filter((log) => log.name === 'Lock');
  const provider = String(args.workerpool).toLowerCase();
  for (const lock of locks) {
    if (lock === locks.at(-1)) yield [lock, stake(lock, 'locked', { provider, sign: 1n })];
    else yield [lock, { events: [], subject: { job: String(args.dealid) } }];
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
  let owners = toOwners(findDealOfTask(reads, task));
  for (const [index, log] of run.entries()) {
    if (index < poolUnlock) {
      if (log.name !== 'Reward') {
        yield [log, { events: [], subject: { task } }];
        continue;
      }
      const [role = 'dataset', ...rest] = owners;
      owners = rest;
      yield [log, payout(log, task, role)];
    } else if (index === poolUnlock) {
      yield [log, stake(log, 'unlocked', { provider: 'ofTask', sign: -1n, task })];
    } else if (log.name === 'Reward') {
      const fromKitty = run[index - 1]?.name === 'Seize' && isKitty(run[index - 1]);
      yield [log, payout(log, task, fromKitty ? 'bonus' : index === lastReward ? 'provider' : 'worker')];
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
function toOwners(deal: Deal | undefined): readonly PayoutRole[] {
  return deal?.app.price === 0n ? ['dataset'] : ['application', 'dataset'];
}

/** Unlock(sponsor): the refund; Seize(workerpool): the slash; Reward and Lock(kitty); then Unlock per worker. */
function* closeClaim(run: readonly DecodedLog[], { args }: DecodedLog): Iterable<readonly [DecodedLog, Meaning]> {
  const task = String(args.taskid);
  const seized = run.findIndex((log) => log.name === 'Seize');
  for (const [index, log] of run.entries()) {
    if (index === seized) yield [log, stake(log, 'slashed', { provider: 'ofTask', sign: -1n, task })];
    else if (log.name === 'Reward') yield [log, payout(log, task, 'penalty')];
    else if (log.name === 'Unlock' && index > seized) yield [log, workerStake(log, 'unlocked', task)];
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
  const account = String(args.owner).toLowerCase();
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
  const account = String(args.owner).toLowerCase();
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

function payout({ args }: DecodedLog, task: string, role: PayoutRole): Meaning {
  const recipient = String(args.owner).toLowerCase();
  const event: CanonicalEvent = {
    kind: 'paid',
    task,
    role,
    recipient,
    amount: args.amount as bigint,
    ...(role === 'worker' ? { node: recipient } : {}),
    ...(role === 'provider' || role === 'worker' || role === 'bonus' ? { provider: 'ofTask' } : {}),
  };
  return { events: [event] };
}

function isKitty(log: DecodedLog | undefined): boolean {
  return String(log?.args.owner).toLowerCase() === KITTY;
}
