import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'How the asking for prices off chain goes: one kind of question on one network.',
  simpleResolvers: true,
})
export class Probe {
  @Field(() => ID, { description: 'What is asked: marlin-spec, livepeer-stats, iexec-asks.' })
  id: string;

  @Field(() => Int, { description: 'Who is asked: providers, or a public source.' })
  targets: number;

  @Field(() => Int, { description: 'Those whose last answer is no older than three intervals.' })
  fresh: number;

  @Field(() => Int, { description: 'Those that gave no answer when they were last asked.' })
  failing: number;

  @Field(() => Int, { description: 'Prices in the last answers of all of them.' })
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
