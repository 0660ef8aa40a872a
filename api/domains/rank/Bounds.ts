import { Field, Float, Int, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, TimestampScalar } from '../../scalars.js';

export const SuccessBasis = createEnum({
  name: 'SuccessBasis',
  description: 'Which of two bounds of success is the lower one, which counts.',
  values: {
    attempts: 'That of the attempts of 30 days, whoever bought them.',
    score: 'That of the score, which leaves out trade with oneself and counts failures twice.',
  },
});

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
