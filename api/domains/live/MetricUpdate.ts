import { Field, ObjectType } from 'type-graphql';
import { MetricSeries } from '../metric/MetricSeries.js';
import { Update } from './Update.js';

@ObjectType({ description: 'Figures of a subject are new, or not as they were.', simpleResolvers: true })
export class MetricUpdate extends Update {
  @Field(() => MetricSeries, {
    description:
      'The buckets that are new or have changed, of the last 24 and of those since; figures of older ones are in `metricSeries`.',
  })
  series: MetricSeries;
}
