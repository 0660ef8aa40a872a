import { Field, Float, Int, ObjectType } from 'type-graphql';
import { BigDecimalScalar, BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'Figures of the last days of a subject: those of the catalogue named `reliability.window…`.',
  simpleResolvers: true,
})
export class MetricWindow {
  @Field(() => Int, { description: 'How many days: 1, 7, 30 or 90.' })
  days: number;

  @Field(() => TimestampScalar, { description: 'The end of the last hour that is judged; the window ends there.' })
  to: Date;

  @Field(() => Int, { description: 'Nodes that count.' })
  nodes: number;

  @Field(() => BigIntScalar, { description: 'Minutes up.' })
  up: number;

  @Field(() => BigIntScalar, { description: 'Minutes that are known.' })
  known: number;

  @Field(() => BigIntScalar, { description: 'Minutes that there were of it, within the life of each node.' })
  expected: number;

  @Field(() => Float, { nullable: true, description: 'Share of the minutes that are known.' })
  coverage: number | null;

  @Field(() => Float, { nullable: true, description: '`reliability.windowUptime`: up of known.' })
  uptime: number | null;

  @Field(() => Float, { nullable: true, description: 'The same without announced maintenance.' })
  uptimeWithoutMaintenance: number | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: '`reliability.windowLower`, as a decimal of six places.',
  })
  lower: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: '`reliability.windowUpper`, as a decimal of six places.',
  })
  upper: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: '`reliability.windowEffectiveN`, as a decimal.' })
  effectiveN: string | null;

  @Field(() => Int, { description: 'Outages that began in it.' })
  failures: number;

  @Field(() => Int, { description: 'Outages that ended in it.' })
  repairs: number;

  @Field(() => Float, { nullable: true, description: '`reliability.windowMtbf`, seconds; null without a failure.' })
  mtbfSeconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What it is at least, seconds: with 95 % confidence from both sides by χ² where there are `failures`, and from one side without one; null: it was never up.',
  })
  mtbfLowerSeconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What it is at most, seconds, with 95 % confidence from both sides; null without a failure.',
  })
  mtbfUpperSeconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '`reliability.windowMttr`, seconds, of outages that ended; null without one.',
  })
  mttrSeconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The same with outages that last still: all time down by `repairs`, seconds; null without one. No bounds are known of it: outages are not of one kind.',
  })
  mttrExposureSeconds: number | null;

  @Field(() => Int, { description: '`reliability.windowLongestOutage`, seconds.' })
  longestOutageSeconds: number;
}
