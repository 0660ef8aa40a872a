import { Field, ObjectType } from 'type-graphql';
import { BigDecimalScalar, BigIntScalar, JsonScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A figure of one bucket of time.', simpleResolvers: true })
export class MetricPoint {
  @Field(() => TimestampScalar, { description: 'Where the bucket begins.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Where it ends; not within it.' })
  to: Date;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'The figure as a decimal, ratios to twelve places; null: there is no evidence, see `reason`.',
  })
  value: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'What is above the line, as an exact decimal; of a sum, all.',
  })
  numerator: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What is below the line; null where nothing is.' })
  denominator: string | null;

  @Field(() => BigIntScalar, {
    description: 'How many samples stand behind it; of a score, the weight of the jobs that count, rounded down.',
  })
  samples: number;

  @Field(() => Boolean, { description: 'True while the bucket is not over: its figure may still change.' })
  inProgress: boolean;

  @Field(() => String, { nullable: true, description: 'Why there is no figure; null where there is one.' })
  reason: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'What else is known of it, by name; null: nothing.' })
  detail: Readonly<Record<string, unknown>> | null;
}
