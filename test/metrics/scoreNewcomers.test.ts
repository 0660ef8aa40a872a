import type { NetworkRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import type { Score } from '../../schema/metrics/formulas/score/Score.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { AT, honestBuyers, type Trade, toMarket, toProvider, toSlots } from './marketRecord.js';

const peers = Array.from({ length: 8 }, (_, index) => `peer${index}`);

/** Jobs in turn of all buyers, of which the first ones failed. */
function toRecord(provider: string, { good, bad }: { readonly good: number; readonly bad: number }): readonly Trade[] {
  return Array.from({ length: good + bad }, (_, index): Trade => {
    const buyer = honestBuyers[index % honestBuyers.length] ?? '';
    return { provider, buyer, daysAgo: 60 - index * 0.5, ...(index < bad && { kind: 'failed' }) };
  });
}

/** Peers that are nearly alike: 45 of 50, give or take one. Their buyers buy from all of them. */
function toAlike(trades: readonly Trade[], subjects: readonly string[]): NetworkRecord {
  const names = [...peers, ...subjects];
  const all = [
    ...peers.flatMap((peer, index) => toRecord(peer, { good: 44 + (index % 3), bad: 6 - (index % 3) })),
    ...trades,
  ];
  return { ...toMarket([], toTrade(all, names)) };
}

function toTrade(trades: readonly Trade[], names: readonly string[]): Partial<NetworkRecord> {
  const { outcomes, payments } = toMarket(trades);
  const isOurs = ({ provider }: { readonly provider: string }) => names.includes(provider);
  return {
    providers: names.map((name) => toProvider(name)),
    outcomes: outcomes.filter(isOurs),
    payments: payments.filter(isOurs),
    slots: names.flatMap((name) => toSlots(name)),
  };
}

function compare(record: NetworkRecord, names: readonly [string, string]) {
  const scores = scoreNetwork(record, { at: AT });
  return names.map((name) => {
    const score = scores.find(({ subject, kind }) => subject === name && kind === 'provider');
    if (score === undefined) throw new Error(`Expected a score of ${name}, found none.`);
    return { all: Number(score.score), jobs: boundOf(score, 'jobSuccess') };
  });
}

function boundOf({ components }: Score, name: string): number {
  return Number(components.find((component) => component.name === name)?.value);
}

describe('a newcomer', () => {
  it('of one job of one ranks below 48 of 50, among peers that are nearly alike', () => {
    const names = ['new', 'old'] as const;
    const trades = [
      { provider: 'new', buyer: honestBuyers[3] ?? '', daysAgo: 1 },
      ...toRecord('old', { good: 48, bad: 2 }),
    ];
    const [newcomer, old] = compare(toAlike(trades, names), names);
    expect(newcomer?.jobs).toBeLessThan(old?.jobs ?? 0);
    expect(newcomer?.all).toBeLessThan(old?.all ?? 0);
  });

  it('without any evidence ranks below sixty clean jobs, and below who is as its peers are', () => {
    const names = ['new', 'clean'] as const;
    const record = toAlike(toRecord('clean', { good: 60, bad: 0 }), names);
    const [newcomer, clean] = compare(record, names);
    expect(newcomer?.jobs).toBeLessThan(clean?.jobs ?? 0);
    expect(newcomer?.all).toBeLessThan(clean?.all ?? 0);
    for (const peer of peers) expect(compare(record, ['new', peer])[1]?.all).toBeGreaterThan(newcomer?.all ?? 100);
  });

  it('gets no more than nineteen in twenty from peers that never fail, and less than they have', () => {
    const clean = peers.flatMap((peer) => toRecord(peer, { good: 60, bad: 0 }));
    const record = toMarket([], toTrade(clean, [...peers, 'new']));
    const [newcomer, peer] = compare(record, ['new', 'peer0']);
    expect(newcomer?.jobs).toBeLessThan(0.95);
    expect(newcomer?.jobs).toBeLessThan(peer?.jobs ?? 0);
    expect(newcomer?.all).toBeLessThan(peer?.all ?? 0);
  });
});

describe('who stakes for a provider', () => {
  const staking = (name: string, account: string) => {
    const provider = toProvider(name);
    return { ...provider, accounts: [...provider.accounts, { account, from: 0, reason: 'staker' as const }] };
  };
  const providers = toMarket().providers;
  const withStaker = (account: string, ...names: readonly string[]) =>
    toMarket([], { providers: providers.map((one) => (names.includes(one.id) ? staking(one.id, account) : one)) });

  it('makes no operator of two, and moves nothing of theirs', () => {
    const plain = scoreNetwork(toMarket(), { at: AT });
    expect(scoreNetwork(withStaker('0xdelegator', 'honest1', 'honest2'), { at: AT })).toEqual(plain);
  });

  it('buys from its own where it buys from them', () => {
    const scores = scoreNetwork(withStaker('0xbuyer3', 'honest1', 'honest2'), { at: AT });
    const removed = (id: string) => scores.find(({ subject }) => subject === id)?.removed.sameCluster;
    expect([removed('honest1'), removed('honest2'), removed('honest3')]).toEqual([18, 18, 0]);
    expect(scores.every(({ kind }) => kind === 'provider')).toBe(true);
  });
});
