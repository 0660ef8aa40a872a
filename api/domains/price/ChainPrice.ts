import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'A price that a log names: asked, offered or settled. The last one of its kind holds.',
  simpleResolvers: true,
})
export class ChainPrice {
  @Field(() => ID, { description: '<chain>-<height>-<log>, with -<part> for a further price from the same log.' })
  id: string;

  @Field(() => String, {
    description: 'advertised: asked by the provider; bid: offered by a buyer; settled: agreed on, or paid.',
  })
  basis: string;

  @Field(() => String, {
    nullable: true,
    description: 'What of it is priced, where one provider prices several things: input, vcpu, an instance type.',
  })
  resource: string | null;

  @Field(() => ID, { nullable: true, description: 'The node it is for, where it is for one.' })
  node: string | null;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;
}
