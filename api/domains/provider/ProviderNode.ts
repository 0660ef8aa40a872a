import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A machine that works for a provider, and how its work was judged.', simpleResolvers: true })
export class ProviderNode {
  @Field(() => ID, { description: '<network>:<native id>.' })
  id: string;

  @Field(() => String, { description: "The protocol's own id: an address or a number." })
  nativeId: string;

  @Field(() => BigIntScalar, { description: 'Tasks it took on for the provider.' })
  attempts: number;

  @Field(() => BigIntScalar, { description: 'Verdicts that its result was right.' })
  accepted: number;

  @Field(() => BigIntScalar, { description: 'Verdicts that its result was wrong.' })
  rejected: number;

  @Field(() => TimestampScalar, { description: 'Time of its last attempt or verdict for the provider.' })
  lastActiveAt: Date;
}
