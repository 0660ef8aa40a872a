import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';

@ObjectType({ description: 'Heights whose logs were proven, and how far.', simpleResolvers: true })
export class VerifiedRange {
  @Field(() => BigIntScalar, { description: 'First height.' })
  from: number;

  @Field(() => BigIntScalar, { description: 'Last height.' })
  to: number;

  @Field(() => String, {
    description:
      "exact: byte for byte by the receipts root of each block; superset: by each block's hash and bloom; none: as the " +
      'source gave them.',
  })
  level: string;
}
