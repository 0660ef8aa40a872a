import { readFileSync } from 'node:fs';
import { numberToHex } from 'viem';
import type { Action } from './calls.js';
import { accounts, type Conduct, gpus, nodes, providers } from './cast.js';
import { createGpuMarket, createGpuMarketState, type GpuMarket } from './gpuMarket.js';
import { toAccount } from './lookups.js';
import { toUsualMilli } from './toUsualMilli.js';

const dayS = 86_400;
const endsAt = 1_763_700_000;
const startsAt = endsAt - 90 * dayS;
const wallets = Array.from({ length: accounts.count }, (_, index) => numberToHex(index + 1, { size: 20 }));

interface Moment {
  readonly at: number;
  readonly actions: Action[];
}

function open(seed: number, from = startsAt): GpuMarket {
  return createGpuMarket(createGpuMarketState({ seed, startsAt: from, endsAt }), wallets);
}

function run(market: GpuMarket, { from, until }: { readonly from: number; readonly until: number }): Moment[] {
  const moments = [{ at: from, actions: market.advance(from) }];
  for (let at = market.nextAt(); at !== undefined && at <= until; at = market.nextAt()) {
    moments.push({ at, actions: market.advance(at) });
  }
  return moments;
}

const listCalls = (moments: readonly Moment[], name: string) =>
  moments.flatMap(({ actions }) =>
    actions.flatMap((action) => (action.kind === 'call' && action.name === name ? [action] : [])),
  );

const positionOf = (conduct: Conduct) => providers.findIndex((provider) => provider.conduct === conduct);
const accountOf = (conduct: Conduct) => toAccount(positionOf(conduct));

const ledgerOf = (market: GpuMarket, conduct: Conduct) => {
  const found = market.state.providers[positionOf(conduct)];
  if (!found) throw new Error(`the ${conduct} provider has joined`);
  return found.ledger;
};

describe('the cast', () => {
  it('is 36 providers with 80 nodes in 8 regions, of 6 models', () => {
    expect(providers).toHaveLength(36);
    expect(nodes).toHaveLength(80);
    expect(new Set(nodes.map(({ region }) => region)).size).toBe(8);
    expect(new Set(nodes.map(({ gpu }) => gpu)).size).toBe(Object.keys(gpus).length);
    expect(Object.keys(gpus)).toHaveLength(6);
    expect(new Set(providers.map(({ name }) => name)).size).toBe(36);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(80);
  });

  it('is described in docs/devnet.md, each provider in a line of its own', () => {
    const text = readFileSync(new URL('../../docs/devnet.md', import.meta.url), 'utf8');
    // What each of them gains by cheating is a table of its own.
    const people = text.slice(0, text.indexOf('## What cheating gains'));
    const names = [...people.matchAll(/^\| ([A-Z]\w+ \w+) \|/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(providers.map(({ name }) => name).sort());
  });

  it('has one of each kind that is not honest, and an account for everybody', () => {
    const kinds = new Map<Conduct, number>();
    for (const { conduct } of providers) kinds.set(conduct, (kinds.get(conduct) ?? 0) + 1);
    expect(Object.fromEntries(kinds)).toEqual({
      ...{ honest: 22, washTrading: 1, flapping: 1, overPromising: 1, slashed: 1 },
      ...{ circular: 3, sybil: 3, whitewashing: 2, milking: 1, freshBuyers: 1 },
    });
    const { buyers, ring, operator, slanderer, purse, freshBuyers, count } = accounts;
    const others = [0, 1, 2, ...buyers, ...ring, operator, slanderer, purse, ...freshBuyers];
    const taken = [...others, ...providers.map((_, position) => toAccount(position))];
    expect(taken.toSorted((one, other) => one - other)).toEqual(Array.from({ length: count }, (_, index) => index));
  });
});

describe('three months of the market', () => {
  const market = open(1);
  const moments = run(market, { from: startsAt, until: endsAt });

  it('are the same for the same seed, and others for another', () => {
    expect(run(open(1), { from: startsAt, until: endsAt })).toEqual(moments);
    expect(run(open(2), { from: startsAt, until: endsAt })).not.toEqual(moments);
  });

  it('go on from their stored state as if they had never stopped', () => {
    const whole = open(3);
    run(whole, { from: startsAt, until: startsAt + 20 * dayS });
    const again = createGpuMarket(structuredClone(whole.state), wallets);
    const next = { from: startsAt + 21 * dayS, until: startsAt + 30 * dayS };
    expect(run(again, next)).toEqual(run(whole, next));
  });

  it('are busy by day and on weekdays, and grow', () => {
    const isHonest = (from: number) => accounts.buyers.some((buyer) => buyer === from);
    const honest = moments.flatMap(({ at, actions }) =>
      actions.flatMap((action) =>
        action.kind === 'call' && action.name === 'openJob' && isHonest(action.from) ? [at] : [],
      ),
    );
    const count = (isCounted: (at: number) => boolean) => honest.filter(isCounted).length;
    expect(honest.length).toBeGreaterThan(90 * 4);
    expect(count((at) => new Date(at * 1000).getUTCHours() >= 8)).toBeGreaterThan(0.75 * honest.length);
    expect(count((at) => [0, 6].includes(new Date(at * 1000).getUTCDay()))).toBeLessThan(0.26 * honest.length);
    const middle = (startsAt + endsAt) / 2;
    expect(count((at) => at > middle)).toBeGreaterThan(1.1 * count((at) => at < middle));
  });

  it('let prices move: an H100 gets cheaper, an RTX 4090 dearer, and providers change what they ask', () => {
    const moveOf = (gpu: 'h100' | 'rtx4090') =>
      toUsualMilli(market.state, endsAt, gpu) / toUsualMilli(market.state, startsAt, gpu);
    expect([moveOf('h100'), moveOf('rtx4090')]).toEqual([0.86, 1.06]);
    expect(listCalls(moments, 'postOffers').length).toBeGreaterThan(300);
  });

  it('leave hardly anything open, and nobody more bonds than stake', () => {
    expect(Object.keys(market.state.jobs).length).toBeLessThan(30);
    const stakes = [...Object.values(market.state.providers), ...Object.values(market.state.nodes)];
    for (const { stake } of stakes) expect(stake.bondedWei).toBeLessThanOrEqual(stake.lockedWei);
  });

  it('have a wash trader: only its own buy from it, they buy nowhere else, and what it earns comes back to them', () => {
    const washing = accountOf('washTrading');
    const [joined] = listCalls(moments, 'updateProvider').filter(({ from }) => from === washing);
    expect(joined?.args[0]).toBe(wallets[accounts.ring[0]]);
    const { jobs, tasksFailed } = ledgerOf(market, 'washTrading');
    const ring = listCalls(moments, 'openJob').filter(({ from }) => accounts.ring.some((account) => account === from));
    expect(ring.length).toBeGreaterThan(100);
    expect([jobs, tasksFailed]).toEqual([ring.length, 0]);
    const funded = moments.flatMap(({ actions }) => actions.filter(({ kind }) => kind === 'transfer'));
    expect(funded.map(({ from }) => from)).toEqual(accounts.ring.map(() => washing));
  });

  it('have a node that comes and goes', () => {
    const gone = listCalls(moments, 'withdrawOffers').filter(({ from }) => from === accountOf('flapping'));
    expect(gone.length).toBeGreaterThan(60);
    expect(ledgerOf(market, 'flapping').tasksFailed).toBeGreaterThan(2);
  });

  it('have one who promises too much: a tenth of the price, memory that does not fit the model, most of it failed', () => {
    const position = positionOf('overPromising');
    const own = nodes.filter(({ provider }) => provider === position);
    expect(own.map(({ gpu, vramMib }) => [gpu, vramMib])).toEqual([
      ['h100', 81_920],
      ['h100', 24_576],
    ]);
    const { tasksCompleted, tasksFailed } = ledgerOf(market, 'overPromising');
    expect(tasksFailed).toBeGreaterThan(2 * tasksCompleted);
  });

  it('have one who is slashed more than all others and then leaves', () => {
    const slashed = ledgerOf(market, 'slashed').slashedWei;
    for (const conduct of ['honest', 'washTrading', 'flapping', 'overPromising'] as const) {
      expect(slashed).toBeGreaterThan(2n * ledgerOf(market, conduct).slashedWei);
    }
    const retired = listCalls(moments, 'retireNodes').map(({ from }) => from);
    expect(retired).toContain(accountOf('slashed'));
    expect(retired).toHaveLength(3);
  });
});

describe('the live market', () => {
  it('opens a job every half minute at first, and after two hours every four', () => {
    const market = open(5, endsAt - dayS);
    run(market, { from: endsAt - dayS, until: endsAt });
    market.goLive(endsAt + 1);
    const count = (from: number, until: number) => listCalls(run(market, { from, until }), 'openJob').length;
    expect(count(endsAt + 1, endsAt + 7_200)).toBeGreaterThan(150);
    const calm = count(endsAt + 7_200, endsAt + 5 * 7_200);
    expect(calm).toBeGreaterThan(80);
    expect(calm).toBeLessThan(200);
  });

  it('goes on with what it had begun when the machine slept for a night', () => {
    const market = open(5, endsAt - 10 * dayS);
    run(market, { from: endsAt - 10 * dayS, until: endsAt });
    market.goLive(endsAt + 1);
    run(market, { from: endsAt + 1, until: endsAt + 3_600 });
    const short = Object.values(market.state.jobs).filter(({ workS }) => workS < 100);
    const tasks = short.flatMap((job) => job.tasks);
    expect(tasks.length).toBeGreaterThan(0);
    market.goLive(endsAt + 2 * dayS);
    run(market, { from: endsAt + 2 * dayS, until: endsAt + 3 * dayS });
    for (const { status } of tasks) expect(['paid', 'failed']).toContain(status);
  });
});
