import type { LineageRule } from '../LineageRule.js';
import { noSum, one } from './rule.js';

const YEAR_S = '31536000';

const paid = (num: string | undefined, where?: string, rest: Omit<LineageRule, 'parts'> = {}): LineageRule =>
  one({ source: 'payout', ...(num ? { num } : {}), ...(where ? { where } : {}) }, rest);
const share = (num: string, den = 'amount'): LineageRule => one({ source: 'payout', num, den }, { skipsHours: true });
const fee = 'case when is_fee then amount else 0 end';
const washed = 'case when is_wash then amount else 0 end';
const staked = (
  where: string | undefined,
  num: string | undefined,
  rest: Omit<LineageRule, 'parts'> = {},
): LineageRule => one({ source: 'stake', ...(where ? { where } : {}), ...(num ? { num } : {}) }, rest);
const ofStake = { skipsHours: true, inputs: [{ metric: 'economy.stake' }] } as const;
/** n of each of the three counts all movements. */
const moved = (kind: string): LineageRule =>
  one({ source: 'escrow', num: `case when kind = '${kind}' then amount else 0 end` });
const usdNote = {
  note: 'Each payment is worth what the chain’s own feed said at its block; the facts tell the amounts in tokens.',
} as const;
/** Payments of so many days up to the end of the bucket. */
const payOf = (days: number, where?: string): LineageRule =>
  one({ source: 'payout', days, ...(where ? { where } : {}) }, { ...noSum, inputs: [{ metric: 'economy.gmv', days }] });
const stakeOfAll = staked(undefined, undefined, noSum);
const holders: LineageRule = {
  ...stakeOfAll,
  parts: [{ source: 'stake', where: 'provider_id is not null', days: 'all' }],
};
const paidProviders = payOf(30, 'for_work and provider_id is not null');
const figures = ['Hhi', 'EffectiveHolders', 'Gini', 'Nakamoto', 'TopShare'].flatMap((name) => [
  name,
  `${name}ByOperator`,
]);

/** Money: payments, stake and escrow. */
export const economyRules: Readonly<Record<string, LineageRule>> = {
  'economy.gmv': paid('amount'),
  'economy.gmvUsd': paid(undefined, undefined, usdNote),
  'economy.payouts': paid('amount', 'for_work'),
  'economy.payoutsUsd': paid(undefined, 'for_work', usdNote),
  'economy.fees': paid('amount', 'is_fee'),
  'economy.feesUsd': paid(undefined, 'is_fee', usdNote),
  'economy.takeRate': share(fee),
  'economy.providerShare': share('case when for_work then amount else 0 end'),
  'economy.washGmv': paid(washed, undefined, { countsOthers: ['buyer'] }),
  'economy.washShare': share(washed),
  'economy.takeRateExWash': share(fee, 'case when is_wash then 0 else amount end'),
  'economy.subsidyRatio': {
    ...noSum,
    parts: [{ source: 'payout' }, { source: 'stake', where: "kind = 'rewarded'" }],
    inputs: [{ metric: 'economy.rewards' }, { metric: 'economy.gmv' }, { metric: 'economy.gmvUsd' }],
  },
  'economy.escrowIn': moved('deposited'),
  'economy.escrowOut': moved('withdrawn'),
  'economy.escrowSpent': moved('spent'),
  'economy.stake': staked(undefined, undefined, {
    note: 'A level: what was bonded before goes on. The facts are what changed it within the bucket; all earlier changes came to what it began with.',
  }),
  'economy.stakeDelta': staked(undefined, 'delta'),
  'economy.rewards': staked("kind = 'rewarded'", 'amount'),
  'economy.slashed': staked('is_slash', 'amount'),
  'economy.apr': staked("kind = 'rewarded'", `amount * ${YEAR_S}`, ofStake),
  'economy.realYield': staked(
    "kind = 'rewarded'",
    `case when task_id is not null then amount * ${YEAR_S} else 0 end`,
    ofStake,
  ),
  'economy.slashRate': staked('is_slash', `amount * ${YEAR_S}`, ofStake),
  'economy.payPerStake': paid(`amount * ${YEAR_S}`, 'for_work', ofStake),
  'economy.activeBuyers': {
    parts: [
      { source: 'job', where: 'buyer is not null' },
      { source: 'payout', where: 'buyer is not null' },
    ],
    total: { num: 'count(distinct f.buyer)', n: 'count(distinct f.buyer)' },
  },
  ...Object.fromEntries(
    figures.flatMap((name) => [
      [`economy.stake${name}`, holders],
      [`economy.pay${name}`, paidProviders],
    ]),
  ),
  'economy.apy': {
    ...noSum,
    parts: [{ source: 'stake', where: "kind = 'rewarded'", days: 30 }],
    inputs: [{ metric: 'economy.apr', days: 30 }],
  },
  'economy.weeklyGrowth': payOf(14),
  'economy.compoundGrowth': payOf(84),
  'economy.trend': payOf(84),
  'economy.weeklyRetention': payOf(14),
  'economy.cohortRetention': payOf(35),
  'economy.netRevenueRetention': payOf(60),
  'economy.grossRevenueRetention': payOf(60),
};
