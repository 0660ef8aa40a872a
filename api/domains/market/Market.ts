import { Field, ID, ObjectType } from 'type-graphql';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, BigIntScalar, TimestampScalar } from '../../scalars.js';
import { Metric, MetricSubjectKind } from '../metric/Metric.js';
import { MetricPoint } from '../metric/MetricPoint.js';

export type Interval = 'hour' | 'day' | 'week' | 'month';

export const MarketInterval = createEnum<Interval>({
  name: 'MarketInterval',
  description: 'How long one bucket of a series is.',
  values: {
    hour: 'Whole hours, UTC.',
    day: 'Whole days, UTC.',
    week: 'Weeks from Monday on, UTC: of figures whose days add up.',
    month: 'Months of the calendar, UTC: of figures whose days add up.',
  },
});

@ObjectType({
  description: 'A figure of one bucket of time, with how sure it is and how much of what it rests on is known.',
  simpleResolvers: true,
})
export class MarketPoint extends MetricPoint {
  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'What the figure is at least, in its unit: of successes of trials the lower end of Wilson’s interval of 95 %; null: nothing says.',
  })
  low: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What it is at most, likewise.' })
  high: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'Share of what it should rest on that is known, from 0 to 1: of figures by heartbeats the minutes that were observed, of sums in USD the payments whose worth is known; null: it rests on the chain alone.',
  })
  coverage: string | null;
}

@ObjectType({ description: 'One figure of one subject over time.', simpleResolvers: true })
export class MarketSeries {
  @Field(() => Metric, { description: 'What the figures are: unit, definition, method version.' })
  metric: Metric;

  @Field(() => MetricSubjectKind, { description: 'What the subject is: network, hardware or region.' })
  kind: SubjectKind;

  @Field(() => ID, { description: 'Whom or what they are about, as `metricSeries` takes it.' })
  subject: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Class of hardware they are about: a model of `gpuCatalogue`, or `unknown`; null: of all.',
  })
  hardware: string | null;

  @Field(() => [MarketPoint], {
    description: 'Oldest first. A bucket of which nothing is known is absent: it is a gap, and no zero.',
  })
  points: readonly MarketPoint[];

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no point, where the protocol does not record what the figure is made from.',
  })
  reason: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'The block up to which it is rolled; null: not yet.' })
  asOfBlock: number | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'The time of that block.' })
  asOfTime: Date | null;
}

@ObjectType({ description: 'Figures of a market over time.', simpleResolvers: true })
export class Market {
  @Field(() => TimestampScalar, { description: 'The first bucket begins then or later.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'The last one begins before.' })
  to: Date;

  @Field(() => MarketInterval, { description: 'How long the buckets are.' })
  interval: Interval;

  @Field(() => [MarketSeries], {
    description:
      'By network, then in the order of the catalogue. Figures that are not asked for by name and have no point are left out.',
  })
  series: readonly MarketSeries[];
}
