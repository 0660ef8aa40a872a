import { numberToHex } from 'viem';
import { iexecDevnet } from '../schema/protocols/iexecDevnet.js';
import { createMarket, createMarketState } from './market.js';
import type { Action, Places } from './marketState.js';
import { accounts, apps, datasets, pools } from './scenario.js';

const dayS = 86_400;
const startsAt = 1_763_700_000 - 6 * dayS;
const endsAt = 1_763_700_000;
const listAddresses = (count: number, first: number) =>
  Array.from({ length: count }, (_, index) => numberToHex(first + index, { size: 20 }));

const places: Places = {
  ...iexecDevnet,
  accounts: listAddresses(accounts.count, 1),
  apps: listAddresses(apps.length, 1000),
  datasets: listAddresses(datasets.length, 2000),
  pools: listAddresses(pools.length, 3000),
};

function runHistory(seed: number): { at: number; actions: Action[] }[] {
  const market = createMarket(createMarketState({ seed, startsAt, endsAt }), places);
  const moments = [{ at: startsAt, actions: market.advance(startsAt) }];
  for (let at = market.nextAt(); at !== undefined && at <= endsAt; at = market.nextAt()) {
    moments.push({ at, actions: market.advance(at) });
  }
  return moments;
}

const count = (actions: readonly Action[], kind: Action['kind']) =>
  actions.filter((action) => action.kind === kind).length;

describe('market', () => {
  it('does the same for the same seed and something else for another', () => {
    expect(runHistory(7)).toEqual(runHistory(7));
    expect(runHistory(7)).not.toEqual(runHistory(8));
  });

  it('makes about twenty deals a day and ends nearly every task', () => {
    const actions = runHistory(7).flatMap((moment) => moment.actions);
    const ended = count(actions, 'finalize') + count(actions, 'contributeAndFinalize') + count(actions, 'claim');
    expect(count(actions, 'match')).toBeGreaterThan(6 * 14);
    expect(count(actions, 'match')).toBeLessThan(6 * 26);
    expect(ended).toBeGreaterThan(count(actions, 'initialize') * 0.9);
  });

  it('goes on from its stored state as if it had never stopped', () => {
    const whole = createMarket(createMarketState({ seed: 3, startsAt, endsAt }), places);
    whole.advance(startsAt);
    whole.advance(startsAt + dayS);
    const again = createMarket(structuredClone(whole.state), places);
    expect(again.advance(startsAt + 2 * dayS)).toEqual(whole.advance(startsAt + 2 * dayS));
  });

  it('claims what was left open when it wakes after all deadlines', () => {
    const market = createMarket(createMarketState({ seed: 3, startsAt, endsAt }), places);
    market.advance(startsAt);
    const isBusy = () => Object.values(market.state.tasks).filter(({ status }) => status !== 'waiting').length >= 3;
    for (let at = market.nextAt(); at !== undefined && !isBusy(); at = market.nextAt()) market.advance(at);
    market.goLive(endsAt + 10 * dayS);
    // Deals made from now on are left aside: only what the sleep interrupted counts.
    const open = new Set(
      Object.values(market.state.tasks).flatMap(({ id, status }) => (status === 'waiting' ? [] : [id])),
    );
    expect(open.size).toBeGreaterThan(0);
    const woken = market.advance(endsAt + 10 * dayS);
    const later = market.advance(endsAt + 10 * dayS + 300);
    const touched = [...woken, ...later].flatMap((action) =>
      'taskId' in action && open.has(action.taskId) ? [action.kind] : [],
    );
    expect(touched).toEqual(Array.from(open, () => 'claim'));
  });

  it('makes a few deals a minute when live', () => {
    const market = createMarket(createMarketState({ seed: 5, startsAt, endsAt: startsAt }), places);
    market.advance(startsAt);
    market.goLive(startsAt + 1);
    let deals = 0;
    for (let at = startsAt + 1; at <= startsAt + 600; at += 2) deals += count(market.advance(at), 'match');
    expect(deals).toBeGreaterThanOrEqual(20);
    expect(deals).toBeLessThanOrEqual(40);
  });

  it('makes fewer deals after two hours, until it is started again', () => {
    const market = createMarket(createMarketState({ seed: 5, startsAt, endsAt: startsAt }), places);
    market.advance(startsAt);
    market.goLive(startsAt + 1);
    const countDeals = (until: number) => {
      let deals = 0;
      for (let at = market.nextAt(); at !== undefined && at <= until; at = market.nextAt()) {
        deals += count(market.advance(at), 'match');
      }
      return deals;
    };
    expect(countDeals(startsAt + 7200)).toBeGreaterThan(2 * 120);
    // Under 34 an hour are under 6000 a week.
    const perHour = countDeals(startsAt + dayS) / 22;
    expect(perHour).toBeGreaterThan(26);
    expect(perHour).toBeLessThan(34);
    market.goLive(startsAt + dayS + 60);
    expect(countDeals(startsAt + dayS + 3600)).toBeGreaterThan(120);
  });
});
