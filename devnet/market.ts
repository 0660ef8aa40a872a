import type { Hex } from 'viem';
import { assert, assertNever } from '../schema/lib/assert.js';
import { schedule, takeDue } from './agenda.js';
import { placeDeal, planHour } from './demand.js';
import type { Action, MarketState, Occasion, Places, Turn } from './marketState.js';
import { changePolicy, joinPool, openMarket, withdraw } from './membership.js';
import { createRandom } from './random.js';
import type { Simulation } from './Simulation.js';
import { habits } from './scenario.js';
import { claim, finalize, initialize, reveal, revealEnd, work } from './taskFlow.js';

/**
 * The simulated market: an event queue ordered by time over plain state. It reads no clock and no chain; whoever drives
 * it passes the time and sends the actions it returns, all in one block of that time.
 */
export interface Market extends Simulation<Action> {
  readonly state: MarketState;
}

/** In the history the market acts on full minutes, so that blocks stay few. */
const historyGridS = 60;

export function createMarketState(options: { seed: number; startsAt: number; endsAt: number }): MarketState {
  const empty = { deals: {}, tasks: {}, scores: {}, availableNrlc: {}, earnedNrlc: {}, rewardPercents: {}, offers: {} };
  return {
    ...options,
    ...empty,
    live: false,
    random: { state: options.seed },
    sequence: 0,
    queue: [],
    dealCount: 0,
    joined: [],
  };
}

export function createMarket(state: MarketState, places: Places): Market {
  const random = createRandom(state.random);

  const plan = (at: number, occasion: Occasion) =>
    schedule(state, { at, gridS: state.live ? 1 : historyGridS, occasion });

  return {
    state,
    nextAt: () => state.queue[0]?.at,
    advance(now) {
      const actions: Action[] = [];
      const act = (action: Action) => void actions.push(action);
      const later = (afterS: number, occasion: Occasion) => plan(now + afterS, occasion);
      const turn: Turn = { now, state, random, places, act, later };
      if (state.sequence === 0) openMarket(turn);
      for (const occasion of takeDue(state, now)) take(turn, occasion);
      return actions;
    },
    goLive(now) {
      state.busyUntil = now + habits.busyS;
      if (state.live) return;
      state.live = true;
      plan(now, { kind: 'arrival' });
    },
  };
}

function take(turn: Turn, occasion: Occasion): void {
  switch (occasion.kind) {
    case 'hour':
      planHour(turn);
      break;
    case 'arrival':
      awaitBuyer(turn, occasion);
      placeDeal(turn);
      break;
    case 'deal':
      placeDeal(turn);
      break;
    case 'join':
      joinPool(turn, occasion.pool);
      break;
    case 'policy':
      changePolicy(turn, occasion.pool);
      break;
    case 'withdraw':
      withdraw(turn, occasion.account);
      break;
    default:
      takeTask(turn, occasion);
      break;
  }
}

/** Live deals are many while someone is likely to watch, then few, for anvil keeps every block in memory. */
function awaitBuyer(turn: Turn, arrival: Occasion): void {
  const [from, to] = turn.now < (turn.state.busyUntil ?? 0) ? habits.busyGapS : habits.calmGapS;
  turn.later(turn.random.int(from, to), arrival);
}

/** An occasion may outlive its task; then there is nothing left to do. */
function takeTask(turn: Turn, occasion: Extract<Occasion, { taskId: Hex }>): void {
  const task = turn.state.tasks[occasion.taskId];
  if (!task) return;
  const deal = turn.state.deals[task.dealId];
  assert(deal, `task ${task.id} has its deal`);
  const taskTurn = { ...turn, task, deal };
  switch (occasion.kind) {
    case 'initialize':
      initialize(taskTurn);
      break;
    case 'work':
      work(taskTurn, occasion.worker);
      break;
    case 'reveal':
      reveal(taskTurn, occasion.worker);
      break;
    case 'revealEnd':
      revealEnd(taskTurn, occasion.round);
      break;
    case 'finalize':
      finalize(taskTurn, occasion.round);
      break;
    case 'claim':
      claim(taskTurn);
      break;
    default:
      assertNever(occasion);
  }
}
