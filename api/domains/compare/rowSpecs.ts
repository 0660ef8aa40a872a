import { costPerSuccess } from '../../../schema/metrics/formulas/price/costPerSuccess.js';
import { divideHalfEven, ONE, parseFixed, toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import { boundSuccess } from '../../../schema/metrics/formulas/rank/boundSuccess.js';
import type { CapabilityName } from '../../../schema/protocols/Manifest.js';
import { toCapacity } from '../rank/toRanking.js';
import type { BetterName, ComparisonGroupName } from './Comparison.js';
import type { Cell, Subject } from './Subject.js';

/** One row of a comparison, as data. */
export interface RowSpec {
  readonly id: string;
  readonly group: ComparisonGroupName;
  readonly title: string;
  readonly unit: string;
  readonly definition: string;
  readonly caveats?: string;
  readonly better: BetterName | null;
  /** Trade with oneself is in it: who has no other is never the best by it. */
  readonly countsOwnTrade?: boolean;
  /** What its network must record. */
  readonly needs?: CapabilityName;
  readonly read: (subject: Subject) => Cell;
}

/** What is no metric of the catalogue. */
export const rowSpecs: readonly RowSpec[] = [
  text('offer.network', 'Network', 'Where it sells.', ({ provider }) => provider.networkId),
  text(
    'offer.active',
    'Takes work',
    'Whether it says that it takes work now: yes or no.',
    ({ provider: { active } }) => (active === null ? null : active ? 'yes' : 'no'),
  ),
  text('offer.models', 'GPUs', 'Models that its machines on offer claim to have.', (subject) => {
    const { models } = toCapacity(subject.there, 1);
    return models.length > 0 ? models.join(', ') : null;
  }),
  text('offer.regions', 'Regions', 'Where its machines on offer say that they stand.', (subject) => {
    const { regions } = toCapacity(subject.there, 1);
    return regions.length > 0 ? regions.join(', ') : null;
  }),
  capacity('machines', 'Machines', 'Machines on offer that are not known to be away.'),
  capacity('gpus', 'GPUs on offer', 'GPUs of them, as claimed.'),
  capacity('onlineGpus', 'GPUs online', 'GPUs of machines that are known to be up now.'),
  capacity('freeGpus', 'GPUs free', 'GPUs of machines without a task: at least so many.'),
  gpuHour(
    'advertised',
    'Price asked',
    'The least that it asks for a GPU-hour, of machines that are there, free ones first.',
    'lower',
  ),
  gpuHour(
    'bid',
    'Price offered',
    'The middle of what buyers offered it, or anybody on its network, for a GPU-hour in 30 days.',
    null,
  ),
  gpuHour(
    'settled',
    'Price agreed on',
    'The middle of its last trades of GPU-hours, of 30 days, without trade with itself.',
    'lower',
  ),
  {
    ...{ id: 'price.expectedCost', group: 'price', unit: 'usdPerGpuHour', better: 'lower', needs: 'price' },
    title: 'Cost of an hour that succeeds, as ranked',
    definition:
      'As `rankProviders` has it: the price asked, else agreed on, over the lower bound of success that leaves out trade with itself.',
    read: readCost,
  },
  {
    ...{ id: 'price.latest', group: 'price', unit: 'token', better: 'lower', needs: 'price' },
    title: 'Latest price, in its own unit',
    definition:
      'Whole tokens for one unit, of its latest job, else of what it asked last. Compares where unit and token are the same.',
    read: ({ latestPrice }) =>
      latestPrice
        ? {
            ...{
              value: latestPrice.amount,
              text: `${latestPrice.token.symbol} per ${latestPrice.unit}`,
              at: latestPrice.at,
            },
            kind: `${latestPrice.token.id} ${latestPrice.unit}`,
          }
        : {},
  },
  {
    ...{ id: 'jobs.successLower', group: 'jobs', unit: 'ratio', better: 'higher', needs: 'jobs' },
    countsOwnTrade: true,
    title: 'Success, lower bound',
    definition:
      'The lower of the bounds of its attempts over 30 days and of its score: `success.lower` of `rankProviders`.',
    read: ({ candidate: { success } }) => ({ value: boundSuccess(success)?.lower ?? null, samples: success.attempts }),
  },
  total('jobs.ever', 'jobs', 'Jobs ever agreed', 'count', 'jobs', ({ provider }) => provider.jobCount),
  total(
    'jobs.completedEver',
    'jobs',
    'Tasks ever completed',
    'count',
    'jobs',
    ({ provider }) => provider.tasksCompleted,
  ),
  total('jobs.failedEver', 'jobs', 'Tasks ever failed', 'count', 'jobs', ({ tasksFailed }) => tasksFailed),
  share('economy.shareOfJobs', 'Share of jobs', 'jobs', ({ provider, network }) => [
    provider.jobCount,
    network.jobCount,
  ]),
  share('economy.shareOfPay', 'Share of pay', 'payout', ({ provider, network }) => [provider.paid, network.paid]),
  total('economy.paid', 'economy', 'Paid for its work so far', 'baseUnits', 'payout', ({ provider }) => provider.paid),
  total('economy.bonded', 'economy', 'Stake now', 'baseUnits', 'stake', ({ provider }) => provider.stake),
  total(
    'economy.rewarded',
    'economy',
    'Stake given so far',
    'baseUnits',
    'stake',
    ({ provider }) => provider.stakeRewarded,
  ),
  total(
    'economy.everSlashed',
    'economy',
    'Stake taken so far',
    'baseUnits',
    'stake',
    ({ provider }) => provider.stakeSlashed,
  ),
  {
    ...{ id: 'score.evidence', group: 'reputation', unit: 'text', better: null, title: 'Evidence of the score' },
    definition: 'How much its score stands on: none, thin, fair or strong.',
    read: ({ score }) => ({ text: score?.evidence ?? null, at: score?.at ?? null }),
  },
];

function text(id: string, title: string, definition: string, read: (subject: Subject) => string | null): RowSpec {
  return {
    id,
    title,
    definition,
    group: 'offer',
    unit: 'text',
    better: null,
    read: (subject) => ({ text: read(subject) }),
  };
}

function capacity(name: 'machines' | 'gpus' | 'onlineGpus' | 'freeGpus', title: string, definition: string): RowSpec {
  return {
    ...{ id: `offer.${name}`, title, definition, group: 'offer', unit: name === 'machines' ? 'count' : 'gpus' },
    ...{ better: name === 'freeGpus' ? 'higher' : null, needs: 'nodes' },
    read: (subject) => {
      const number = toCapacity(subject.there, 1)[name];
      return { value: number === null ? null : String(number) };
    },
  };
}

function gpuHour(
  basis: 'advertised' | 'bid' | 'settled',
  title: string,
  definition: string,
  better: BetterName | null,
): RowSpec {
  return {
    ...{ id: `price.${basis}`, group: 'price', title, definition, unit: 'usdPerGpuHour', better, needs: 'price' },
    read: ({ prices }) => {
      const price = prices[basis];
      if (!price) return {};
      const { usd, usdReason, samples, at } = price;
      return { value: usd, samples, at, reason: usd === null ? `Its token has no price in USD: ${usdReason}.` : null };
    },
  };
}

function readCost({ candidate, prices }: Subject): Cell {
  const bound = boundSuccess(candidate.success);
  const price = prices.advertised ?? prices.settled;
  if (!bound || !price || price.usd === null || candidate.success.evidence === 'none') return {};
  const cost = costPerSuccess(parseFixed(price.usd), { success: bound.lower, failedShare: '1' });
  return { value: cost === null ? null : toFixedText(cost), samples: candidate.success.attempts };
}

/** A total of all time: it grows with the size, so that none is better. Amounts are of the network's token. */
function total(
  id: string,
  group: ComparisonGroupName,
  title: string,
  unit: string,
  needs: CapabilityName,
  read: (subject: Subject) => string | number | null,
): RowSpec {
  return {
    ...{ id, group, title, unit, needs, better: null },
    definition: unit === 'baseUnits' ? `${title}, in base units of the network’s token.` : `${title}.`,
    read: (subject) => {
      const value = read(subject);
      const { workTokenId, stakeTokenId } = subject.network;
      const kind = unit === 'baseUnits' ? (needs === 'stake' ? stakeTokenId : workTokenId) : null;
      return { value: value === null ? null : String(value), kind };
    },
  };
}

/** How much of its network one provider is. */
function share(
  id: string,
  title: string,
  needs: CapabilityName,
  read: (subject: Subject) => readonly [own: string | number | null, all: string | number | null],
): RowSpec {
  return {
    ...{ id, group: 'economy', title, needs, unit: 'ratio', better: null },
    definition: `${title} of all time on its network: how much the network hangs on it.`,
    read: (subject) => {
      const [own, all] = read(subject);
      if (own === null || all === null || BigInt(all) <= 0n) return {};
      return { value: toFixedText(divideHalfEven(BigInt(own) * ONE, BigInt(all))) };
    },
  };
}
