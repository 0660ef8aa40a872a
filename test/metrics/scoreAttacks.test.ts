import type { NetworkRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import type { Score } from '../../schema/metrics/formulas/score/Score.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import {
  AT,
  honestBuyers,
  honestProviders,
  repeatTrade,
  type Trade,
  toBuyer,
  toMarket,
  toProvider,
  toSlots,
} from './marketRecord.js';
import { plainWashCost, toWashCost } from './washCost.js';

/** What each attack of A6.3 gains in a market of honest others; docs/score.md has the table. */
describe('attacks on the score', () => {
  it('1000 own jobs move a score by exactly nothing', () => {
    const own = toBuyer('0xown', '0xhonest3');
    const before = toMarket([], { buyers: [...toMarket().buyers, own] });
    const after = toMarket(repeatTrade(1000, { provider: 'honest3', buyer: '0xown', daysAgo: 2 }), {
      buyers: before.buyers,
    });
    expect(pointsOf(after)).toEqual(pointsOf(before));
    expect(getScore(after, 'honest3').removed.sameCluster).toBe(1000);
  });

  it.each([2, 3, 4, 5, 6])('of a ring of %i nearly all is left out, and of honest trades nearly nothing', (size) => {
    const members = Array.from({ length: size }, (_, index) => `ring${index}`);
    // Each buys from the next, with amounts that differ by up to a tenth, and now and then from somebody honest.
    const trades = members.flatMap((member, index) => [
      ...repeatTrade(100, {
        provider: members[(index + 1) % size] ?? '',
        buyer: `0x${member}`,
        daysAgo: 3,
        amount: BigInt(5000 + ((index * 370) % 500)),
      }),
      ...honestProviders.map(({ id }): Trade => ({ provider: id, buyer: `0x${member}`, daysAgo: 4, amount: 3000n })),
    ]);
    const sold = members.flatMap((member) =>
      honestBuyers.slice(0, 4).map((buyer): Trade => ({ provider: member, buyer, daysAgo: 5 })),
    );
    const record = toMarket([...trades, ...sold], withProviders(members.map((id) => toProvider(id))));
    const scores = scoreNetwork(record, { at: AT });
    const removed = (ids: readonly string[]) =>
      ids.reduce((sum, id) => sum + (scores.find(({ subject }) => subject === id)?.removed.circulation ?? 0), 0);
    expect(removed(members)).toBeGreaterThanOrEqual(0.95 * 100 * size);
    const honest = record.outcomes.length - 100 * size;
    expect(
      removed(honestProviders.map(({ id }) => id)) + Math.max(0, removed(members) - 100 * size),
    ).toBeLessThanOrEqual(0.01 * honest);
  });

  it('splitting one operator into linked names leaves its score as it was and gives no name more', () => {
    const trades = toMarket().outcomes.filter(({ provider }) => provider === 'honest0');
    const names = ['honest0', 'split1', 'split2', 'split3'];
    const whole = toMarket();
    const providers = [
      toProvider('honest0', { accounts: ['0xowner'] }),
      ...names.slice(1).map((id) => toProvider(id, { accounts: ['0xowner'] })),
    ];
    const nameOf = new Map(trades.map(({ taskId }, index) => [taskId, names[index % names.length] ?? '']));
    const split: NetworkRecord = {
      ...whole,
      providers: [...providers, ...honestProviders.slice(1)],
      outcomes: whole.outcomes.map((outcome) => ({
        ...outcome,
        provider: nameOf.get(outcome.taskId) ?? outcome.provider,
      })),
      slots: [...whole.slots.filter(({ provider }) => provider !== 'honest0'), ...toSlots('honest0')],
    };
    const before = getScore(whole, 'honest0');
    const operator = scoreNetwork(split, { at: AT }).find(({ kind }) => kind === 'operator');
    expect(operator?.score).toBe(before.score);
    for (const name of names) expect(Number(getScore(split, name).score)).toBeLessThanOrEqual(Number(before.score));
  });

  it('a new name pays only for who is worse than a newcomer', () => {
    const fails = (share: number): Trade[] =>
      honestBuyers.flatMap((buyer, index) =>
        repeatTrade(5, { provider: 'suspect', buyer, daysAgo: 10 }).map(
          (trade, turn): Trade => ({
            ...trade,
            ...((index * 5 + turn) % 100 < share * 100 && { kind: 'failed' }),
          }),
        ),
      );
    const suspect = toProvider('suspect', { days: 20 });
    const score = (share: number) =>
      Number(
        getScore(toMarket(fails(share), withProviders([suspect, toProvider('fresh', { days: 1 })])), 'suspect').score,
      );
    const newcomer = Number(
      getScore(toMarket(fails(0), withProviders([suspect, toProvider('fresh', { days: 1 })])), 'fresh').score,
    );
    expect(score(0)).toBeGreaterThan(newcomer);
    expect(score(0.03)).toBeGreaterThan(newcomer);
    expect(score(0.5)).toBeLessThan(newcomer);
  });

  it('100 disputes that the disputer lost leave a score as it was', () => {
    const won = repeatTrade(100, { provider: 'honest2', buyer: '0xslanderer', daysAgo: 2, kind: 'disputeWon' });
    expect(pointsOf(toMarket(won))).toEqual(pointsOf(toMarket()));
    // And of a buyer that is known they lower nothing.
    const known = repeatTrade(100, { provider: 'honest2', buyer: '0xbuyer1', daysAgo: 2, kind: 'disputeWon' });
    const [before, after] = [toMarket(), toMarket(known)].map((record) => Number(getScore(record, 'honest2').score));
    expect(after).toBeGreaterThanOrEqual(before ?? 100);
  });

  it('who has lost its disputes with others is believed little when it wins one', () => {
    const lost = honestProviders
      .slice(3)
      .flatMap(({ id }) => repeatTrade(10, { provider: id, buyer: '0xbuyer1', daysAgo: 9, kind: 'disputeWon' }));
    const claim = repeatTrade(3, { provider: 'honest2', buyer: '0xbuyer1', daysAgo: 1, kind: 'disputeLost' });
    const fall = (others: readonly Trade[]) =>
      Number(getScore(toMarket(others), 'honest2').score) -
      Number(getScore(toMarket([...others, ...claim]), 'honest2').score);
    expect(fall([])).toBeGreaterThan(1);
    expect(fall(lost)).toBeLessThan(0.1);
  });

  it('who turns bad after a good record falls by twenty points within five failures', () => {
    const good = honestBuyers.flatMap((buyer) => repeatTrade(25, { provider: 'milker', buyer, daysAgo: 8 }));
    const failures = honestBuyers
      .slice(0, 5)
      .map((buyer): Trade => ({ provider: 'milker', buyer, daysAgo: 1, kind: 'failed' }));
    const milker = withProviders([toProvider('milker')], { slots: [...toMarket().slots, ...toSlots('milker')] });
    const before = Number(getScore(toMarket(good, milker), 'milker').score);
    const after = Number(getScore(toMarket([...good, ...failures], milker), 'milker').score);
    expect(before).toBeGreaterThanOrEqual(95);
    expect(before - after).toBeGreaterThanOrEqual(20);
  });

  it('washing costs fifty times more a point than it does with a plain beta score', () => {
    expect(toWashCost('honest') / plainWashCost).toBeGreaterThanOrEqual(50);
  });

  it('who has a second provider that nothing links to the first pays five times as much still, and no more than ten', () => {
    const ratio = toWashCost('own') / plainWashCost;
    expect(ratio).toBeGreaterThanOrEqual(5);
    expect(ratio).toBeLessThan(10);
  });
});

function withProviders(more: NetworkRecord['providers'], rest: Partial<NetworkRecord> = {}): Partial<NetworkRecord> {
  return { providers: [...honestProviders, ...more], ...rest };
}

function getScore(record: NetworkRecord, subject: string): Score {
  const found = scoreNetwork(record, { at: AT, subjects: [subject] }).find(({ kind }) => kind === 'provider');
  if (found === undefined) throw new Error(`Expected a score of ${subject}, found none.`);
  return found;
}

function pointsOf(record: NetworkRecord) {
  return scoreNetwork(record, { at: AT }).map(({ subject, kind, score, components }) => ({
    subject,
    kind,
    score,
    components,
  }));
}
