import { assert } from '../../schema/lib/assert.js';
import { toRhythm } from '../rhythm.js';
import { accounts } from './cast.js';
import { drawBuyer, drawWork, openJob } from './demand.js';
import type { Job, Occasion, Turn, Work } from './gpuMarketState.js';
import { habits } from './habits.js';
import { circle, getNodeState, getProvider, getProviderState, listNodes, slandered, toAccount } from './lookups.js';

/** What the planted providers, and those who deal with them, are up to. All of it by the dice of the provider that sells. */

const dayS = 86_400;
/** No hour of the week is busier by much (`rhythm.ts`). */
const busiest = 1.8;

/** A planted provider has joined. */
export function beginPlots(turn: Turn, provider: number): void {
  const { now, state, random } = turn;
  const { conduct, customersPerDay = 0 } = getProvider(provider);
  if (customersPerDay > 0) awaitCustomer(turn, provider);
  // The circle is closed when the last of them is there.
  if (provider === circle.at(-1))
    laterByHours(turn, habits.circleHours, { kind: 'circle', provider: circle[0] ?? provider });
  if (conduct === 'freshBuyers') {
    const first = { kind: 'freshWash', provider, identity: 0, left: random.int(...habits.freshJobs) } as const;
    laterByHours(turn, habits.freshHours, first);
  }
  if (provider === slandered) {
    const at = state.startsAt + habits.slanderFrom * (state.endsAt - state.startsAt);
    turn.later(Math.max(0, at - now), { kind: 'slander', provider });
  }
}

/** One of the market's buyers takes an offer of a planted provider, and the next one is on its way. */
export function visit(turn: Turn, provider: number): void {
  if (getProviderState(turn.state, provider).hasLeft) return;
  awaitCustomer(turn, provider);
  const buyer = drawBuyer(turn);
  sell(turn, { provider, buyer, ...drawWork(turn) });
}

/**
 * Round and round: each sells to the one after it. All trades of a round are of the same size, so that nobody of them has in the
 * end much more or less than before.
 */
export function tradeInCircle(turn: Turn, { provider, work }: Extract<Occasion, { kind: 'circle' }>): void {
  const { random } = turn;
  const place = circle.indexOf(provider);
  const ofRound = (place > 0 && work) || {
    ...{ taskCount: random.int(...habits.circleTasks), workS: random.int(...habits.circleWorkS), isDeclined: false },
  };
  const next = circle[(place + 1) % circle.length] ?? provider;
  laterByHours(turn, habits.circleHours, { kind: 'circle', provider: next, work: ofRound });
  sell(turn, { provider, buyer: toAccount(next), ...ofRound });
}

/** Buys for nothing but to dispute what it gets. */
export function slander(turn: Turn, provider: number): void {
  laterByHours(turn, habits.slanderHours, { kind: 'slander', provider });
  sellStaged(turn, provider, accounts.slanderer);
}

/** Each buyer takes a few small jobs and is replaced by one that nobody has seen before, as long as there are any. */
export function washAfresh(turn: Turn, { provider, identity, left }: Extract<Occasion, { kind: 'freshWash' }>): void {
  const buyer = accounts.freshBuyers[identity];
  if (buyer === undefined) return;
  const next =
    left > 1 ? { identity, left: left - 1 } : { identity: identity + 1, left: turn.random.int(...habits.freshJobs) };
  laterByHours(turn, habits.freshHours, { kind: 'freshWash', provider, ...next });
  sellStaged(turn, provider, buyer);
}

/** Only where it is taken up at once: what waits until it is too late would be the provider's failure. */
function sellStaged(turn: Turn, provider: number, buyer: number): void {
  const { random, state } = turn;
  const waiting = Object.values(state.jobs).filter((job) => job.provider === provider && !isDelivered(job));
  if (waiting.length > 0) return;
  const work = { taskCount: random.int(1, 2), workS: random.int(...habits.stagedWorkS), isDeclined: false };
  sell(turn, { provider, buyer, ...work });
}

/** Nothing of it is left to do for the provider. */
function isDelivered({ tasks }: Job): boolean {
  return tasks.every(({ status, retried }) => !['open', 'assigned', 'running'].includes(status) && !retried);
}

interface Sale extends Work {
  readonly provider: number;
  readonly buyer: number;
}

function sell(turn: Turn, { provider, ...order }: Sale): void {
  const offered = listNodes(provider).filter((position) => getNodeState(turn.state, position).priceWei > 0n);
  assert(offered.length > 0, `${getProvider(provider).name} has something to sell`);
  openJob(turn, { ...order, position: turn.random.pick(offered) });
}

/** At the hours and on the days at which others buy as well. */
function awaitCustomer(turn: Turn, provider: number): void {
  const { now, random } = turn;
  const meanS = dayS / (getProvider(provider).customersPerDay ?? 1);
  const draw = () => random.int(Math.round(0.2 * meanS), Math.round(1.8 * meanS));
  let afterS = draw();
  for (let tries = 0; tries < 12 && !random.chance(toRhythm(now + afterS) / busiest); tries++) afterS = draw();
  turn.later(afterS, { kind: 'customer', provider });
}

function laterByHours(turn: Turn, [from, to]: readonly [number, number], occasion: Occasion): void {
  turn.later(turn.random.int(from * 60, to * 60) * 60, occasion);
}
