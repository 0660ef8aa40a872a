import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import { catalogue, findMetric, toFamily } from '../../../schema/metrics/catalogue.js';
import type { Grain, MetricDefinition, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Context } from '../../createContext.js';
import { assertRange } from '../../list/limits.js';
import { TimestampScalar } from '../../scalars.js';
import { Metric, MetricGrain, MetricSubjectKind } from './Metric.js';
import { MetricSeries } from './MetricSeries.js';
import { readSeries } from './readSeries.js';

@ArgsType()
class SeriesArgs {
  @Field(() => ID, { description: 'A metric of the catalogue, such as `jobs.success`.' })
  metric: string;

  @Field(() => ID, { description: 'Whom or what it is about: see `MetricSubjectKind`.' })
  subject: string;

  @Field(() => MetricSubjectKind, {
    nullable: true,
    description: 'Where a node and its provider have one id; otherwise the first kind of the metric that has it.',
  })
  kind?: SubjectKind | null;

  @Field(() => MetricGrain, { defaultValue: 'day', description: 'How long the buckets are: hour or day.' })
  grain: Grain;

  @Field(() => TimestampScalar, { nullable: true, description: 'Buckets that begin then or later.' })
  from?: Date | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'Buckets that begin before.' })
  to?: Date | null;

  @Field(() => Int, { defaultValue: 90, description: 'How many of them at most, the last ones; from 1 to 1,000.' })
  last: number;
}

@Resolver(() => Metric)
export class MetricResolver {
  @Query(() => [Metric], { description: 'The catalogue: every figure that is published, with its definition.' })
  metrics(
    @Arg('family', () => String, { nullable: true, description: 'The first half of an id: `jobs` of `jobs.success`.' })
    family: string | null,
  ): readonly MetricDefinition[] {
    return !family ? catalogue : catalogue.filter(({ id }) => toFamily(id) === family);
  }

  @Query(() => Metric, { nullable: true, description: 'A figure of the catalogue by its id, or null.' })
  metric(@Arg('id', () => ID, { description: 'Such as `jobs.success`.' }) id: string): MetricDefinition | null {
    return findMetric(id) ?? null;
  }

  @Query(() => MetricSeries, {
    nullable: true,
    description: 'A figure over time; null for a subject of which there is none.',
  })
  async metricSeries(@Args(() => SeriesArgs) args: SeriesArgs, @Ctx() context: Context): Promise<MetricSeries | null> {
    assertRange('last', args.last, { min: 1, max: MAX_POINTS });
    return readSeries(context.database, args);
  }
}

const MAX_POINTS = 1_000;
