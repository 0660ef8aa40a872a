import { accounts, nodes, providers } from '../computeMarket/cast.js';
import { createGpuMarket, createGpuMarketState, type GpuMarket } from '../computeMarket/gpuMarket.js';
import { habits } from '../computeMarket/habits.js';
import { createDice } from './createDice.js';

/** From what a devnet was made, times in unix s: its history lies between the two. */
export interface DevnetOrigin {
  readonly seed: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Of one node, unix s. */
export interface Life {
  /** When the market's block registers it. */
  readonly from: number;
  /** When it is retired; Infinity: nobody plans that. */
  readonly until: number;
  /** When it is off the market for a while. */
  readonly away: readonly (readonly [from: number, to: number])[];
}

interface GrowingLife {
  from: number;
  until: number;
  readonly away: [number, number][];
}

const neverS = Number.POSITIVE_INFINITY;
const dayS = 86_400;
/** As in `devnet/history.ts`: the first block lies so long after the chain's first, the market's first so long after that. */
const opensAfterS = 120;
/** The market's dice are thrown live in another order each time; from there on a node comes and goes by dice of its own. */
const liveDays = 800;

/**
 * When each node of the cast is on the market, in the order of the cast. It lets the market itself act out its history, which
 * takes a quarter of a second: what nodes beat is then in step with what they do on the chain, to the block.
 */
export function listLives({ seed, startsAt, endsAt }: DevnetOrigin): readonly Life[] {
  const wallets = Array.from({ length: accounts.count }, () => '0x' as const);
  const market = createGpuMarket(createGpuMarketState({ seed, startsAt, endsAt }), wallets);
  const lives = nodes.map((): GrowingLife => ({ from: neverS, until: neverS, away: [] }));
  for (let at: number | undefined = startsAt + opensAfterS; at !== undefined && at <= endsAt; at = market.nextAt()) {
    const retired = listRetired(market, at);
    for (const [position, life] of lives.entries()) follow({ life, position, market, at, retired });
  }
  foresee(market, lives);
  for (const [position, life] of lives.entries()) goOn({ life, position, seed, endsAt, market });
  return lives;
}

/** Lets the market act, and gives the ids of the nodes that leave it for good. */
function listRetired(market: GpuMarket, at: number): ReadonlySet<unknown> {
  const ids = market
    .advance(at)
    .flatMap((action) => (action.kind === 'call' && action.name === 'retireNodes' ? action.args : []));
  return new Set(ids.flat());
}

function follow(options: {
  readonly life: GrowingLife;
  readonly position: number;
  readonly market: GpuMarket;
  readonly at: number;
  readonly retired: ReadonlySet<unknown>;
}): void {
  const { life, position, market, at, retired } = options;
  const state = market.state.nodes[position];
  if (!state) return;
  if (life.from === neverS) life.from = at;
  if (retired.has(nodes[position]?.id)) life.until = at;
  const last = life.away.at(-1);
  const isAway = last?.[1] === neverS;
  if (state.paused && !isAway) life.away.push([at, neverS]);
  if (!state.paused && last && isAway) last[1] = at;
}

/** What is planned at the end of the history happens at its time. */
function foresee({ state }: GpuMarket, lives: readonly GrowingLife[]): void {
  for (const { at, occasion } of state.queue) {
    if (occasion.kind !== 'join' && occasion.kind !== 'leave' && occasion.kind !== 'retire') continue;
    for (const [position, life] of lives.entries()) {
      if (nodes[position]?.provider !== occasion.provider) continue;
      if (occasion.kind === 'join') life.from = at;
      else life.until = occasion.kind === 'retire' ? at : at + 2 * dayS;
    }
  }
}

/** The first coming or going after the history is planned already; those after it are drawn as the market draws them. */
function goOn(options: {
  readonly life: GrowingLife;
  readonly position: number;
  readonly seed: number;
  readonly endsAt: number;
  readonly market: GpuMarket;
}): void {
  const { life, position, seed, endsAt, market } = options;
  if (providers[nodes[position]?.provider ?? -1]?.conduct !== 'flapping') return;
  const planned = market.state.queue.find(({ occasion }) => occasion.kind === 'flap' && occasion.node === position);
  if (!planned) return;
  const dice = createDice(seed, position);
  const draw = ([from, to]: readonly [number, number]) => dice.int(from * 12, to * 12) * 300;
  let { at } = planned;
  const open = life.away.at(-1);
  if (open?.[1] === neverS) {
    open[1] = at;
    at += draw(habits.presentHours);
  }
  while (at < endsAt + liveDays * dayS) {
    const back = at + draw(habits.awayHours);
    life.away.push([at, back]);
    at = back + draw(habits.presentHours);
  }
}
