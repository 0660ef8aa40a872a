import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import { UserError } from '../../../schema/lib/errors.js';
import { catalogue, findMetric, toFamily } from '../../../schema/metrics/catalogue.js';
import type { Grain, MetricDefinition, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Context } from '../../createContext.js';
import { assertRange } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { TimestampScalar } from '../../scalars.js';
import { assertGrain } from './assertGrain.js';
import { Metric, MetricGrain, MetricSubjectKind } from './Metric.js';
import { MetricSeries } from './MetricSeries.js';
import { findSubject, listPoints, listScorePoints } from './metricQueries.js';

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
    const { grain, last } = args;
    assertRange('last', last, { min: 1, max: MAX_POINTS });
    const metric = getMetric(args.metric);
    assertGrain(metric, grain);
    const kinds = args.kind ? [args.kind] : metric.subjects;
    const subject = await findSubject(context.database, { kinds, id: parseId(args.subject) });
    if (!subject) return null;
    const { subjectKey, kind, id, asOfBlock, asOfTime } = subject;
    const asked = { subjectKey, last, from: args.from ?? null, to: args.to ?? null };
    const points = metric.store
      ? await listScorePoints(context.database, { ...asked, store: metric.store })
      : await listPoints(context.database, {
          ...asked,
          ...{ metric: metric.id, isRatio: metric.value === 'ratio', grain },
        });
    return { metric, kind, subject: id, points, asOfBlock, asOfTime };
  }
}

const MAX_POINTS = 1_000;

function getMetric(id: string): MetricDefinition {
  const metric = findMetric(id);
  if (metric) return metric;
  throw new UserError(`Expected a metric of the catalogue, got ${JSON.stringify(id.slice(0, 80))}: see \`metrics\`.`);
}
