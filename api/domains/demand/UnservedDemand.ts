import { Field, ID, Int, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, BigIntScalar, TimestampScalar } from '../../scalars.js';

export const DemandInterval = createEnum({
  name: 'DemandInterval',
  description: 'How long a bucket is.',
  values: { hour: 'Whole hours.', day: 'Whole days, UTC.', week: 'Whole weeks, from Monday, UTC.' },
});
export type DemandIntervalName = keyof typeof DemandInterval;

@ObjectType({
  description: 'Bids for one kind of work that nobody met by their end, within one bucket of time.',
  simpleResolvers: true,
})
export class UnservedPoint {
  @Field(() => TimestampScalar, { description: 'Where the bucket begins. A bid is in that in which it ended.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Where it ends; not within it.' })
  to: Date;

  @Field(() => Boolean, { description: 'True while figures of it may still come.' })
  inProgress: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the model of `gpuCatalogue` that was bid for; null: the bids name no machine, or one whose model nobody knows.',
  })
  hardware: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was bid for, where one network sells several things; null: the bids name none.',
  })
  resource: string | null;

  @Field(() => String, { description: 'What the bids are per: second, hour, task, token, pixel or epoch.' })
  unit: string;

  @Field(() => BigIntScalar, { description: 'How many bids, one for each job: its last.' })
  bids: string;

  @Field(() => BigIntScalar, { description: 'Tasks of these jobs that nobody took.' })
  quantity: string;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'Whole tokens that were offered: each bid times its tasks. Null: bids by another unit than the task do not say for how many.',
  })
  value: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'The same in USD, at what the token was worth when the newest of these bids was made; null: not known.',
  })
  valueUsd: string | null;

  @Field(() => BigDecimalScalar, { description: 'The lowest bid: whole tokens for one `unit`.' })
  lowestBid: string;

  @Field(() => BigDecimalScalar, { description: 'The middle one: half of the bids are as low or lower.' })
  medianBid: string;

  @Field(() => BigDecimalScalar, { description: 'The highest one.' })
  highestBid: string;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'What was asked at least, at the end of the last day of the bucket with an ask, in whole tokens for one unit of `askedMetric`; null: nothing was, or in several tokens.',
  })
  asked: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'The same in USD; null: not known.' })
  askedUsd: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The metric that has it: `price.ask` for a GPU-hour, `price.askPerTask` and so on; null: no metric is of the unit.',
  })
  askedMetric: string | null;
}

@ObjectType({
  description: 'Demand that nobody served: bids whose jobs nobody took by their end.',
  simpleResolvers: true,
})
export class UnservedDemand {
  @Field(() => Boolean, { description: 'Whether the network records bids that end.' })
  recorded: boolean;

  @Field(() => String, { nullable: true, description: 'Why it does not; null where it does.' })
  reason: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many points there are; null: the network records no bids that end.',
  })
  pointCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Bids of all points; null as they are.' })
  bids: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Bids on chain within the time that name no job: whether anybody met them nobody can tell. They are in no point. Null: the network records no prices.',
  })
  withoutEnd: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'The block up to which ends are known; null: not yet.' })
  asOfBlock: number | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'The time of that block.' })
  asOfTime: Date | null;
}
