import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'How the asking off chain goes, for prices and for who is there: one kind of question on one network.',
  simpleResolvers: true,
})
export class Probe {
  @Field(() => ID, {
    description: 'What is asked, such as marlin-spec, livepeer-service or http; each is described in docs/probes.md.',
  })
  id: string;

  @Field(() => Int, { description: 'Who is asked: providers, or a public source.' })
  targets: number;

  @Field(() => Int, { description: 'Those whose last answer is no older than three intervals.' })
  fresh: number;

  @Field(() => Int, { description: 'Those that gave no answer, or not one that counts, when they were last asked.' })
  failing: number;

  @Field(() => Int, {
    description: 'Prices in the last answers of all of them; none where it is not prices that are asked for.',
  })
  prices: number;

  @Field(() => Int, { description: 'Entries of these answers that made no sense and were left out.' })
  refused: number;

  @Field(() => TimestampScalar, { nullable: true, description: 'When one of them last answered; null: none has yet.' })
  lastSuccess: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the one that was asked last of those with a flaw gave nothing, or not all; null: none has one.',
  })
  lastError: string | null;
}
