import { Field, ID, ObjectType } from 'type-graphql';
import { Update } from './Update.js';

@ObjectType({
  description: 'Something happened to a job: steps, payouts, verifications, its deadline.',
  simpleResolvers: true,
})
export class JobUpdate extends Update {
  @Field(() => ID, { description: 'Id of the job, <network>:<native id>.' })
  id: string;
}
