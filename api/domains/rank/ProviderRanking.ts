import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { type LeftOutGroup, type ReasonCode, reasons } from '../../../schema/metrics/formulas/rank/reasons.js';
import { createEnum } from '../../list/createEnum.js';
import { PageInfo } from '../../list/PageInfo.js';
import { BigDecimalScalar, TimestampScalar } from '../../scalars.js';
import { ScoreEvidence } from '../score/Score.js';
import { UsdReason } from '../usd/Usd.js';

export const PriceBasis = createEnum({
  name: 'PriceBasis',
  description: 'Who says a price.',
  values: {
    advertised: 'The provider asks it.',
    bid: 'Buyers offer it.',
    settled: 'It was agreed on, or paid.',
  },
});

export const RankCurrency = createEnum({
  name: 'RankCurrency',
  description: 'What a row is ranked by.',
  values: {
    USD: 'Its cost in USD.',
    TOKEN:
      'Its cost in the token it is priced in, because nobody knows what that is worth: behind all that are known in USD, among those of the same token.',
  },
});

export const SuccessBasis = createEnum({
  name: 'SuccessBasis',
  description: 'Which of two bounds of success is the lower one, which counts.',
  values: {
    attempts: 'That of the attempts of 30 days, whoever bought them.',
    score: 'That of the score, which leaves out trade with oneself and counts failures twice.',
  },
});

export const LeftOutReasonCode = createEnum<ReasonCode>({
  name: 'LeftOutReasonCode',
  description: 'Why a provider is not ranked.',
  values: Object.fromEntries(Object.entries(reasons).map(([code, { meaning }]) => [code, meaning])) as Record<
    ReasonCode,
    string
  >,
});

export const LeftOutGroupName = createEnum<LeftOutGroup>({
  name: 'LeftOutGroup',
  description: 'What becomes of providers that are not ranked; who belongs to several stands in the first of these.',
  values: {
    excluded: 'It does not suit.',
    offline: 'It would suit, and is not there.',
    notEnoughData: 'Nobody can tell whether it suits, or what it would cost.',
  },
});

@ObjectType({ description: 'What one GPU costs for an hour, by one of those who say so.', simpleResolvers: true })
export class GpuHourPrice {
  @Field(() => PriceBasis, { description: 'Who says it.' })
  basis: keyof typeof PriceBasis;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'USD for one GPU-hour: of what is asked as of now, else as of then; null: see `usdReason`.',
  })
  usd: string | null;

  @Field(() => UsdReason, { nullable: true, description: 'Why there is no value in USD; null where there is one.' })
  usdReason: UsdReason | null;

  @Field(() => BigDecimalScalar, { description: 'Whole tokens (not base units) for one GPU-hour.' })
  inToken: string;

  @Field(() => TimestampScalar, { description: 'When it was named, or last seen; of several, the newest.' })
  at: Date;

  @Field(() => Int, { description: 'How many asks, bids or trades stand behind it.' })
  samples: number;

  @Field(() => Boolean, { description: 'True: it was asked for off chain. False: a log names it.' })
  probed: boolean;
}

@ObjectType({
  description: 'How likely an attempt succeeds at least; docs/questions.md has the method.',
  simpleResolvers: true,
})
export class SuccessLowerBound {
  @Field(() => BigDecimalScalar, { description: 'The one that counts, from 0 to 1: the lower of the next two.' })
  lower: string;

  @Field(() => SuccessBasis, { description: 'Which of them it is.' })
  basis: keyof typeof SuccessBasis;

  @Field(() => BigDecimalScalar, {
    description:
      "Lower end of Wilson's 95 % interval of the attempts of 30 days, as `price.costPerSuccessfulHour` takes it.",
  })
  attemptsLower: string;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'Lower bound of `score.jobSuccess`; null: there is no score.',
  })
  scoreLower: string | null;

  @Field(() => Int, { description: 'Attempts that were decided over 30 days.' })
  attempts: number;

  @Field(() => Int, { description: 'How many of them succeeded.' })
  succeeded: number;

  @Field(() => Int, { description: 'On how many of `ofDays` days any was decided.' })
  days: number;

  @Field(() => Int, { description: 'Days that are looked at: 30.' })
  ofDays: number;
}

@ObjectType({ description: 'How much of the last 30 days its machines were up at least.', simpleResolvers: true })
export class AvailabilityLowerBound {
  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'From 0 to 1, as `reliability.windowLower`; null: nothing is known.',
  })
  lower: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'As many independent minutes as all of them are worth, since outages hang together; null: nothing is known.',
  })
  effectiveN: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Minutes known by minutes expected, from 0 to 1; null: none was expected.',
  })
  coverage: number | null;

  @Field(() => Int, { description: 'Machines that it is of.' })
  nodes: number;

  @Field(() => TimestampScalar, { nullable: true, description: 'The hour it ends with; not within it.' })
  to: Date | null;
}

/** What a provider has for the workload. */
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

@ObjectType({ description: 'A reason in its case.', simpleResolvers: true })
export class LeftOutReason {
  @Field(() => LeftOutReasonCode, { description: 'For machines.' })
  code: ReasonCode;

  @Field(() => String, { description: 'For people.' })
  sentence: string;

  @Field(() => String, { nullable: true, description: 'What was wanted; null where the code says it.' })
  expected: string | null;

  @Field(() => String, { nullable: true, description: 'What there is; null: nothing is known, or the code says it.' })
  got: string | null;
}

@ObjectType({ description: 'A provider that is not ranked, and why.', simpleResolvers: true })
export class LeftOutProvider {
  @Field(() => ID, { description: 'Id of the provider.' })
  id: string;

  @Field(() => LeftOutGroupName, { description: 'Where it stands.' })
  group: LeftOutGroup;

  @Field(() => [LeftOutReason], { description: 'All that speaks against it, as far as it is known; one at least.' })
  reasons: readonly LeftOutReason[];
}

@ObjectType({ description: 'How many providers have a reason.', simpleResolvers: true })
export class ReasonCount {
  @Field(() => LeftOutReasonCode, { description: 'The reason.' })
  code: ReasonCode;

  @Field(() => LeftOutGroupName, { description: 'Where it takes those that have no graver one.' })
  group: LeftOutGroup;

  @Field(() => Int, { description: 'Providers that have it, beside others maybe.' })
  providers: number;
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
