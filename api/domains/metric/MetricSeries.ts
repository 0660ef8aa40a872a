import { Field, ID, ObjectType } from 'type-graphql';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';
import { Metric, MetricSubjectKind } from './Metric.js';
import { MetricPoint } from './MetricPoint.js';

@ObjectType({ description: 'Figures of one subject over time.', simpleResolvers: true })
export class MetricSeries {
  @Field(() => Metric, { description: 'What the figures are.' })
  metric: Metric;

  @Field(() => MetricSubjectKind, { description: 'What the subject is.' })
  kind: SubjectKind;

  @Field(() => ID, { description: 'Whom or what they are about.' })
  subject: string;

  @Field(() => [MetricPoint], { description: 'Oldest first; buckets without evidence are absent.' })
  points: readonly MetricPoint[];

  @Field(() => BigIntScalar, { nullable: true, description: 'The block up to which it is rolled; null: not yet.' })
  asOfBlock: number | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'The time of that block.' })
  asOfTime: Date | null;
}
