import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'What `runsOutAt` rests on. No log says any of it: it is computed when it is asked for.',
  simpleResolvers: true,
})
export class RunOut {
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the deposit is used up at the chain's last block while the job is still open, which is a failure that no log speaks of. Null where there is no time.",
  })
  hasRunOut: boolean | null;

  @Field(() => Boolean, {
    description: 'True where there is a time: it follows from deposit, rate and last settlement.',
  })
  derived: boolean;

  @Field(() => String, { nullable: true, description: 'Why there is no time, as a sentence; null where there is one.' })
  reason: string | null;
}
