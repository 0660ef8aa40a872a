import { Field, ID, Int, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { PageInfo } from '../../list/PageInfo.js';
import { BigDecimalScalar, TimestampScalar } from '../../scalars.js';
import { ScoreEvidence } from '../score/Score.js';
import { AvailabilityLowerBound, SuccessLowerBound } from './Bounds.js';
import { GpuHourPrice } from './GpuHourPrice.js';
import { LeftOutProvider, ReasonCount } from './LeftOut.js';

export const RankCurrency = createEnum({
  name: 'RankCurrency',
  description: 'What a row is ranked by.',
  values: {
    USD: 'Its cost in USD.',
    TOKEN:
      'Its cost in the token it is priced in, because nobody knows what that is worth: behind all that are known in USD, among those of the same token.',
  },
});

@ObjectType({ description: 'Machines that suit and are there.', simpleResolvers: true })
export class SuitedCapacity {
  @Field(() => Int, { nullable: true, description: 'How many machines; null: it names none.' })
  machines: number | null;

  @Field(() => Int, { nullable: true, description: 'GPUs of them, as claimed; null: nobody says.' })
  gpus: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'GPUs of machines that are known to be up now; null: it sends no heartbeats, or as of the past.',
  })
  onlineGpus: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'GPUs of machines without a task; at least, for nobody says how many of its GPUs a task takes. Null: not known.',
  })
  freeGpus: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether as many as are wanted are free; null: not known.' })
  availableNow: boolean | null;

  @Field(() => [String], { description: 'Models of the catalogue that they claim to have.' })
  models: readonly string[];

  @Field(() => [String], { description: 'Where they stand, in the words of the network.' })
  regions: readonly string[];
}

@ObjectType({
  description:
    'A provider that suits, and what the workload would cost there. Costs are in USD where that is known, and in whole tokens.',
  simpleResolvers: true,
})
export class RankedProvider {
  @Field(() => Int, { description: 'Its place, from 1.' })
  rank: number;

  @Field(() => ID, { description: 'Id of the provider.' })
  id: string;

  @Field(() => String, { description: 'The `after` of what comes behind it.' })
  cursor: string;

  @Field(() => RankCurrency, { description: 'What it is ranked by.' })
  rankedBy: keyof typeof RankCurrency;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'What it is ranked by: USD for a GPU-hour that brings a result, `price` / `success.lower`: failed attempts are paid and tried again (PRC-07, φ = 1). Null: see `price.usdReason`.',
  })
  expectedCostPerSuccessfulHour: string | null;

  @Field(() => BigDecimalScalar, { description: 'The same in whole tokens of `price`.' })
  expectedCostPerSuccessfulHourInToken: string;

  @Field(() => GpuHourPrice, { description: 'The price that it is made of: `advertised`, else `settled`.' })
  price: GpuHourPrice;

  @Field(() => GpuHourPrice, {
    nullable: true,
    description:
      'What is asked for as many GPUs, from the cheapest machines that suit and are there, free ones first; the average. Null: nothing.',
  })
  advertised: GpuHourPrice | null;

  @Field(() => GpuHourPrice, {
    nullable: true,
    description:
      'The middle of what buyers offered it, or anybody on its network, for a GPU-hour in 30 days; null: nobody did.',
  })
  bid: GpuHourPrice | null;

  @Field(() => GpuHourPrice, {
    nullable: true,
    description:
      'The middle of its last trades of 30 days (30 at most) on machines that suit and are there, without trade with itself; null: none.',
  })
  settled: GpuHourPrice | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'USD for all GPUs and hours at the expected cost; null where that is.',
  })
  totalCost: string | null;

  @Field(() => BigDecimalScalar, { description: 'The same in whole tokens.' })
  totalCostInToken: string;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'USD for all GPUs and hours at `price`, if nothing fails; null where that has none.',
  })
  totalPrice: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'USD for all GPUs and hours at `price` if each outage of one of its machines begins the work anew: by the lower bound of the time between outages over 30 days (PRC-07). Beside the expected cost, for some failures are the same outages. Null: no heartbeats, no USD, or more than a million times the price.',
  })
  totalCostWithRestarts: string | null;

  @Field(() => SuccessLowerBound, { description: 'How likely an attempt succeeds at least.' })
  success: SuccessLowerBound;

  @Field(() => AvailabilityLowerBound, {
    nullable: true,
    description: 'How much its machines, all of them, were up at least; null: it sends no heartbeats.',
  })
  availability: AvailabilityLowerBound | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'Its reputation, from 0 to 100; null: there is none.' })
  score: string | null;

  @Field(() => ScoreEvidence, { nullable: true, description: 'How much the score stands on; null: there is none.' })
  evidence: keyof typeof ScoreEvidence | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'As of when the score is; null: there is none.' })
  scoredAt: Date | null;

  @Field(() => SuitedCapacity, { description: 'What it has for the workload.' })
  capacity: SuitedCapacity;
}

/** A page of it: the name tells that its lists are as long as `first` of the field that leads to it. */
@ObjectType({
  description:
    'Providers by what a GPU-hour that succeeds costs there, and all others with the reasons: the four counts add up to `totalCount`.',
  simpleResolvers: true,
})
export class ProviderRankingConnection {
  @Field(() => [RankedProvider], { description: 'The cheapest first, `first` of them behind `after`.' })
  nodes: readonly RankedProvider[];

  @Field(() => PageInfo, { description: 'Where the page of ranked ones begins and ends.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Providers of the networks.' })
  totalCount: number;

  @Field(() => Int, { description: 'How many are ranked.' })
  rankedCount: number;

  @Field(() => Int, { description: 'How many do not suit.' })
  excludedCount: number;

  @Field(() => Int, { description: 'How many would suit and are not there.' })
  offlineCount: number;

  @Field(() => Int, { description: 'Of how many nobody can tell.' })
  notEnoughDataCount: number;

  @Field(() => [LeftOutProvider], { description: 'By id, `first` of them behind `leftOutAfter`.' })
  excluded: readonly LeftOutProvider[];

  @Field(() => [LeftOutProvider], { description: 'By id, `first` of them behind `leftOutAfter`.' })
  offline: readonly LeftOutProvider[];

  @Field(() => [LeftOutProvider], { description: 'By id, `first` of them behind `leftOutAfter`.' })
  notEnoughData: readonly LeftOutProvider[];

  @Field(() => [ReasonCount], { description: 'Every reason that any provider has, the most frequent first.' })
  reasonCounts: readonly ReasonCount[];

  @Field(() => String, { description: 'How the expected cost is made, with the version of the method.' })
  formula: string;
}
