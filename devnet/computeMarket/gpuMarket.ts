import type { Address } from 'viem';
import { assertNever } from '../../schema/lib/assert.js';
import { schedule, takeDue } from '../agenda.js';
import { createRandom } from '../random.js';
import type { Simulation } from '../Simulation.js';
import { toDiceState } from '../toDiceState.js';
import type { Action } from './calls.js';
import { providers } from './cast.js';
import { awaitBuyer, cancel, placeJob, planHour, wash } from './demand.js';
import type { Attempt, GpuMarketState, Job, Occasion, Turn } from './gpuMarketState.js';
import { habits, rules } from './habits.js';
import { isPlanted } from './lookups.js';
import { slander, tradeInCircle, visit, washAfresh } from './plots.js';
import { close, expire } from './settlement.js';
import { changeFee, flap, join, leave, openMarket, reprice, retire, withdrawTreasury } from './supply.js';
import { appeal, judge, resolve, settle } from './verdicts.js';
import { dispatch, finish, start } from './work.js';

/** The simulated market for GPU time. It keeps the contract's books itself, so that it asks for nothing the contract refuses. */
export interface GpuMarket extends Simulation<Action> {
  readonly state: GpuMarketState;
}

/** In the history the market acts every ten minutes, so that blocks stay few. */
const historyGridS = 600;

export function createGpuMarketState(options: { seed: number; startsAt: number; endsAt: number }): GpuMarketState {
  return {
    ...options,
    live: false,
    random: { state: options.seed },
    dice: Object.fromEntries(
      providers.flatMap((provider, position) =>
        isPlanted(provider) ? [[position, { state: toDiceState(options.seed, position) }]] : [],
      ),
    ),
    sequence: 0,
    queue: [],
    jobCount: 0,
    feeBps: rules.feeBps,
    treasuryWei: 0n,
    providers: {},
    nodes: {},
    jobs: {},
  };
}

export function createGpuMarket(state: GpuMarketState, wallets: readonly Address[]): GpuMarket {
  const random = createRandom(state.random);
  const plan = (at: number, occasion: Occasion) =>
    schedule(state, { at, gridS: state.live ? 1 : historyGridS, occasion });

  return {
    state,
    nextAt: () => state.queue[0]?.at,
    advance(now) {
      const actions: Action[] = [];
      const turn: Turn = {
        ...{ now, state, random, wallets },
        act: (from, name, args, valueWei) =>
          void actions.push({ kind: 'call', from, name, args: args as readonly unknown[], valueWei }),
        send: (action) => void actions.push(action),
        later: (afterS, occasion) => plan(now + afterS, occasion),
      };
      if (state.sequence === 0) openMarket(turn);
      for (const occasion of takeDue(state, now)) take(toOwnTurn(turn, occasion), occasion);
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

/** With the dice of the planted provider that it is about, if it is about one. */
function toOwnTurn(turn: Turn, occasion: Occasion): Turn {
  const { dice, jobs } = turn.state;
  const provider = 'job' in occasion ? jobs[occasion.job]?.provider : 'provider' in occasion ? occasion.provider : -1;
  const own = dice[provider ?? -1];
  return own ? { ...turn, random: createRandom(own) } : turn;
}

function take(turn: Turn, occasion: Occasion): void {
  switch (occasion.kind) {
    case 'hour':
      planHour(turn);
      break;
    case 'arrival':
      awaitBuyer(turn);
      placeJob(turn);
      break;
    case 'job':
      placeJob(turn);
      break;
    case 'wash':
      wash(turn);
      break;
    case 'customer':
      visit(turn, occasion.provider);
      break;
    case 'circle':
      tradeInCircle(turn, occasion);
      break;
    case 'slander':
      slander(turn, occasion.provider);
      break;
    case 'freshWash':
      washAfresh(turn, occasion);
      break;
    case 'fee':
      changeFee(turn);
      break;
    case 'treasury':
      withdrawTreasury(turn);
      break;
    case 'join':
      join(turn, occasion.provider);
      break;
    case 'leave':
      leave(turn, occasion.provider);
      break;
    case 'retire':
      retire(turn, occasion.provider);
      break;
    case 'reprice':
      reprice(turn, occasion.provider);
      break;
    case 'flap':
      flap(turn, occasion.node);
      break;
    case 'dispatch':
      dispatch(turn, occasion.provider);
      break;
    default:
      takeJob(turn, occasion);
      break;
  }
}

/** An occasion may outlive its job; then there is nothing left to do. */
function takeJob(turn: Turn, occasion: Extract<Occasion, { job: number }>): void {
  const job = turn.state.jobs[occasion.job];
  if (!job) return;
  switch (occasion.kind) {
    case 'cancel':
      cancel(turn, job);
      break;
    case 'close':
      close(turn, job);
      break;
    case 'expire':
      expire(turn, job);
      break;
    case 'verdict':
      judge(turn, job);
      break;
    case 'start':
      start(turn, job, occasion.attempts);
      break;
    default:
      takeTask(turn, job, occasion);
      break;
  }
}

function takeTask(turn: Turn, job: Job, occasion: Extract<Occasion, { attempt: Attempt }>): void {
  const { task: index, round } = occasion.attempt;
  if (job.tasks[index]?.round !== round) return;
  switch (occasion.kind) {
    case 'finish':
      finish(turn, job, index);
      break;
    case 'appeal':
      appeal(turn, job, index);
      break;
    case 'resolve':
      resolve(turn, job, index);
      break;
    case 'settle':
      settle(turn, job, index);
      break;
    default:
      assertNever(occasion.kind);
  }
}
