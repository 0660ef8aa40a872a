import { numberToHex } from 'viem';
import type { Action } from './calls.js';
import { accounts, nodes, providers } from './cast.js';
import { createGpuMarket, createGpuMarketState, type GpuMarket } from './gpuMarket.js';
import { circle, getPosition, isPlanted, listByConduct, slandered, toAccount } from './lookups.js';
import { honestBuyers, honestProviders, operators, plots, worthless } from './truth.js';

const dayS = 86_400;
const endsAt = 1_763_700_000;
const startsAt = endsAt - 90 * dayS;
const wallets = Array.from({ length: accounts.count }, (_, index) => numberToHex(index + 1, { size: 20 }));

type Call = Extract<Action, { kind: 'call' }> & { readonly at: number };

interface Trade {
  readonly id: number;
  readonly at: number;
  readonly buyer: number;
  readonly provider: number;
  readonly tasks: number;
  /** Paid in advance. */
  readonly coins: number;
}

/** A history as the chain has it: who called what, and who bought from whom. */
interface Past {
  readonly market: GpuMarket;
  readonly calls: readonly Call[];
  readonly trades: readonly Trade[];
}

function play(seed: number): Past {
  const market = createGpuMarket(createGpuMarketState({ seed, startsAt, endsAt }), wallets);
  const calls: Call[] = [];
  for (let at: number | undefined = startsAt; at !== undefined && at <= endsAt; at = market.nextAt()) {
    for (const action of market.advance(at)) if (action.kind === 'call') calls.push({ ...action, at });
  }
  const opened = calls.filter(({ name }) => name === 'openJob');
  const trades = opened.map(({ at, from, args, valueWei }, index) => {
    const { nodeId, taskCount: tasks } = args[0] as { readonly nodeId: string; readonly taskCount: number };
    const provider = nodes.find(({ id }) => id === nodeId)?.provider ?? -1;
    return { id: index + 1, at, buyer: from, provider, tasks, coins: Number(valueWei) / 1e18 };
  });
  return { market, calls, trades };
}

describe.each([1, 2, 3, 4])('the plots of the cast, with seed %i', (seed) => {
  const { market, calls, trades } = play(seed);
  const ledgerOf = (provider: number) => {
    const found = market.state.providers[provider];
    if (!found) throw new Error(`provider ${provider} has joined`);
    return found.ledger;
  };
  const recipientOf = (provider: number) =>
    calls.find(({ name, from }) => name === 'updateProvider' && from === toAccount(provider))?.args[0];
  const callsAbout = (name: Call['name'], jobs: readonly Trade[]) => {
    const ids = new Set(jobs.map(({ id }) => BigInt(id)));
    return calls.filter((call) => call.name === name && ids.has(call.args[0] as bigint));
  };
  const timeOf = (part: number) => startsAt + part * (endsAt - startsAt);

  it('name everybody who is not honest by what is recorded, and buyers once', () => {
    const plotted = plots.flatMap((plot) => plot.providers);
    const dishonest = providers.flatMap((provider, position) =>
      isPlanted(provider) || provider.conduct === 'washTrading' ? [position] : [],
    );
    expect(plotted.toSorted((one, other) => one - other)).toEqual(dishonest.toSorted((one, other) => one - other));
    const buyers = plots.flatMap((plot) => plot.buyers);
    expect(new Set(buyers).size).toBe(buyers.length);
    expect(buyers.filter((buyer) => honestBuyers.includes(buyer))).toEqual([]);
    expect(honestProviders).toContain(slandered);
  });

  it('hold what buys for a plot to those it is for, and leave the market to its own buyers', () => {
    for (const { buyers, because, ...one } of worthless) {
      const own = trades.filter(({ buyer }) => buyers.includes(buyer));
      expect({ because, count: own.length >= 15 }).toEqual({ because, count: true });
      expect(own.filter(({ provider }) => !one.providers.includes(provider))).toEqual([]);
    }
    const bad = new Set(worthless.flatMap(({ buyers }) => buyers));
    const others = new Set(trades.filter(({ buyer }) => !bad.has(buyer)).map(({ buyer }) => buyer));
    expect([...others].filter((buyer) => !honestBuyers.includes(buyer))).toEqual([]);
  });

  it('pay the providers of one operator to one account, and nobody else to it', () => {
    for (const operator of operators) {
      const recipients = new Set(operator.map(recipientOf));
      expect(recipients.size).toBe(1);
      const all = providers.flatMap((_, position) => (recipients.has(recipientOf(position)) ? [position] : []));
      expect(all).toEqual(operator);
    }
    expect(new Set(providers.map((_, position) => recipientOf(position))).size).toBe(
      providers.length - operators.reduce((sum, operator) => sum + operator.length - 1, 0),
    );
  });

  it('let money go round in the circle: nobody of it has in the end much more or less, and trades look like others', () => {
    const ringTrades = trades.filter(({ buyer }) => circle.some((provider) => toAccount(provider) === buyer));
    expect(ringTrades.length).toBeGreaterThan(60);
    const sum = (list: readonly Trade[]) => list.reduce((total, { coins }) => total + coins, 0);
    for (const provider of circle) {
      const out = sum(ringTrades.filter(({ buyer }) => buyer === toAccount(provider)));
      const own = trades.filter((trade) => trade.provider === provider);
      const within = sum(own.filter((trade) => ringTrades.includes(trade)));
      const honest = own.filter(({ buyer }) => honestBuyers.includes(buyer));
      expect(Math.abs(within - out) / (within + out)).toBeLessThan(0.1);
      expect(Math.abs(sum(own) - out) / (sum(own) + out)).toBeLessThan(0.2);
      expect(honest.length).toBeGreaterThan(1);
      const sellers = new Set(
        ringTrades.filter(({ buyer }) => buyer === toAccount(provider)).map((trade) => trade.provider),
      );
      expect([...sellers]).toEqual([circle[(circle.indexOf(provider) + 2) % 3]]);
    }
  });

  it('split the work of one operator among three, none of whom stands out', () => {
    for (const provider of listByConduct('sybil')) {
      const { jobs, tasksCompleted, tasksFailed } = ledgerOf(provider);
      expect(jobs).toBeGreaterThan(12);
      expect(tasksFailed / (tasksFailed + tasksCompleted)).toBeLessThan(0.15);
    }
  });

  it('let one who fails half of it go, and come back to the same machines under another name', () => {
    const [before, after] = [getPosition('Cobble Hosting'), getPosition('Lattice Hosting')];
    for (const provider of [before, after]) {
      const own = trades.filter((trade) => trade.provider === provider);
      const [failed, completed] = [callsAbout('failTasks', own).length, callsAbout('completeTasks', own).length];
      expect(own.length).toBeGreaterThan(12);
      expect(failed / (failed + completed)).toBeGreaterThan(0.4);
    }
    const retired = calls.find(({ name, from }) => name === 'retireNodes' && from === toAccount(before));
    const joined = calls.find(({ name, from }) => name === 'updateProvider' && from === toAccount(after));
    expect(retired?.at).toBeLessThan(joined?.at ?? 0);
    expect(retired?.at).toBeGreaterThan(timeOf(0.45));
    const hostsOf = (provider: number) =>
      nodes.flatMap((node) => (node.provider === provider ? [new URL(node.uri).host] : []));
    expect(hostsOf(after)).toEqual(hostsOf(before));
  });

  it('have every task disputed that the slanderer bought, and none of them decided for it', () => {
    const own = trades.filter(({ buyer }) => buyer === accounts.slanderer);
    expect(new Set(own.map(({ provider }) => provider))).toEqual(new Set([slandered]));
    const disputed = callsAbout('disputeTasks', own);
    expect(disputed.length).toBeGreaterThan(45);
    expect(disputed.every(({ from }) => from === accounts.slanderer)).toBe(true);
    expect(callsAbout('verifyTasks', own)).toEqual([]);
    expect(callsAbout('failTasks', own)).toEqual([]);
    const bought = own.reduce((sum, { tasks }) => sum + tasks, 0);
    // None was left undone, but for the last ones, which are under way.
    expect(callsAbout('completeTasks', own).length).toBeGreaterThan(bought - 3);
    const resolved = callsAbout('resolveDisputes', own);
    expect(resolved.filter(({ args }) => args[2] !== true)).toEqual([]);
    expect(resolved.length).toBeGreaterThan(disputed.length - 4);
    const customers = trades.filter(({ provider, buyer }) => provider === slandered && honestBuyers.includes(buyer));
    expect(customers.length).toBeGreaterThan(20);
  });

  it('have one without a fault until it turns, that then fails everything and goes on to sell', () => {
    const [milking = -1] = listByConduct('milking');
    const turnsAt = timeOf(providers[milking]?.turnsAt ?? 1);
    const own = trades.filter(({ provider }) => provider === milking);
    const failed = callsAbout('failTasks', own);
    expect(failed.filter(({ at }) => at < turnsAt)).toEqual([]);
    expect(failed.length).toBeGreaterThanOrEqual(5);
    const sold = own.filter(({ at }) => at >= turnsAt);
    expect(sold.length).toBeGreaterThan(1);
    expect(callsAbout('completeTasks', sold)).toEqual([]);
    expect(callsAbout('completeTasks', own).length).toBeGreaterThan(60);
  });

  it('have one whose every buyer is new, gone after five jobs at the most, and not whom the pay goes to', () => {
    const [fresh = -1] = listByConduct('freshBuyers');
    const own = trades.filter(({ provider }) => provider === fresh);
    const counts = new Map<number, number>();
    for (const { buyer } of own) counts.set(buyer, (counts.get(buyer) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(14);
    expect(counts.size).toBeLessThan(32);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(5);
    expect(recipientOf(fresh)).toBe(wallets[accounts.purse]);
    expect(trades.filter(({ buyer }) => buyer === accounts.purse || buyer === toAccount(fresh))).toEqual([]);
    const { tasksFailed, paidWei } = ledgerOf(fresh);
    expect(tasksFailed).toBe(0);
    expect(Number(paidWei) / 1e18 / own.length).toBeLessThan(0.3);
    const transfers = calls.filter(({ from }) => accounts.freshBuyers.includes(from));
    expect(new Set(transfers.map(({ name }) => name))).toEqual(new Set(['openJob', 'verifyTasks', 'closeJob']));
  });
});
