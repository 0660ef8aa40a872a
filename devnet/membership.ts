import { assert } from '../schema/lib/assert.js';
import type { Turn } from './marketState.js';
import { accounts, faultyWorkers, habits, pools, rlc } from './scenario.js';

const dayS = 86_400;

/** The market's first moment: the pools that are there from the start, the buyers' deposits, and what is planned. */
export function openMarket(turn: Turn): void {
  const historyS = turn.state.endsAt - turn.state.startsAt;
  for (const [index, pool] of pools.entries()) {
    if (pool.joinsAt === 0) joinPool(turn, index);
    else turn.later(pool.joinsAt * historyS, { kind: 'join', pool: index });
    if (pool.policyChange) turn.later(pool.policyChange.at * historyS, { kind: 'policy', pool: index });
    for (const account of [pool.owner, ...pool.workers]) {
      turn.later(turn.random.int(2 * dayS, habits.withdrawDays * dayS), { kind: 'withdraw', account });
    }
  }
  for (const account of [accounts.sponsor, ...accounts.requesters]) deposit(turn, account, habits.depositNrlc);
  turn.later(3600, { kind: 'hour' });
}

export function joinPool(turn: Turn, pool: number): void {
  const { workerStakePercent, schedulerRewardPercent } = getPool(pool);
  turn.act({ kind: 'createPool', pool });
  turn.act({ kind: 'changePolicy', pool, workerStakePercent, schedulerRewardPercent });
  turn.state.joined.push(pool);
  turn.state.rewardPercents[pool] = schedulerRewardPercent;
}

export function changePolicy(turn: Turn, pool: number): void {
  const change = getPool(pool).policyChange;
  if (!change) return;
  const { workerStakePercent, rewardPercent: schedulerRewardPercent } = change;
  turn.act({ kind: 'changePolicy', pool, workerStakePercent, schedulerRewardPercent });
  turn.state.rewardPercents[pool] = schedulerRewardPercent;
}

/** Makes sure `account` can pay `costNrlc` from its balance on the hub, and takes it off. */
export function spend(turn: Turn, account: number, costNrlc: bigint): void {
  const available = turn.state.availableNrlc[account] ?? 0n;
  if (available < costNrlc) deposit(turn, account, costNrlc + habits.depositNrlc);
  turn.state.availableNrlc[account] = (turn.state.availableNrlc[account] ?? 0n) - costNrlc;
}

export function refund(turn: Turn, account: number, amountNrlc: bigint): void {
  turn.state.availableNrlc[account] = (turn.state.availableNrlc[account] ?? 0n) + amountNrlc;
}

export function earn(turn: Turn, account: number, amountNrlc: bigint): void {
  turn.state.earnedNrlc[account] = (turn.state.earnedNrlc[account] ?? 0n) + amountNrlc;
}

/** Once a week a provider or worker takes out what it has earned, in full RLC tenths; a slashed worker leaves it in. */
export function withdraw(turn: Turn, account: number): void {
  turn.later(habits.withdrawDays * dayS + turn.random.int(-7200, 7200), { kind: 'withdraw', account });
  const tenth = rlc / 10n;
  const amountNrlc = ((turn.state.earnedNrlc[account] ?? 0n) / tenth) * tenth;
  if (amountNrlc === 0n || faultyWorkers[account] !== undefined) return;
  turn.state.earnedNrlc[account] = (turn.state.earnedNrlc[account] ?? 0n) - amountNrlc;
  turn.act({ kind: 'withdraw', account, amountNrlc });
}

export function getPool(pool: number) {
  const found = pools[pool];
  assert(found, `the scenario has a pool ${pool}`);
  return found;
}

function deposit(turn: Turn, account: number, amountNrlc: bigint): void {
  turn.act({ kind: 'deposit', account, amountNrlc });
  refund(turn, account, amountNrlc);
}
