import { Field, ID, Int, ObjectType } from 'type-graphql';
import { BytesScalar } from '../../scalars.js';

@ObjectType({ description: 'The unit of an amount.', simpleResolvers: true })
export class Token {
  @Field(() => ID, { description: '<network>:<symbol in lower case>.' })
  id: string;

  @Field(() => String, { description: 'Symbol, such as RLC.' })
  symbol: string;

  @Field(() => Int, { description: 'Digits after the point: one token is 10^decimals base units.' })
  decimals: number;

  @Field(() => BytesScalar, { nullable: true, description: "Address of the contract; null for a chain's own coin." })
  address: Buffer | null;
}
