import { Field, ID, ObjectType } from 'type-graphql';
import { Update } from './Update.js';

@ObjectType({
  description: 'Something happened to a provider: jobs, payouts, stake, terms, what it says of itself.',
  simpleResolvers: true,
})
export class ProviderUpdate extends Update {
  @Field(() => ID, { description: 'Id of the provider, <network>:<native id>.' })
  id: string;
}
