import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, BytesScalar, JsonScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'A log of a contract, decoded.', simpleResolvers: true })
export class Event {
  @Field(() => ID, { description: '<chain>-<height>-<log>.' })
  id: string;

  @Field(() => String, { description: "The contract's own name for it." })
  name: string;

  @Field(() => String, {
    description:
      'What it came to mean; "unmapped": no canonical meaning, shown raw; "unverified": said in the name of somebody who did not sign it, so nothing follows from it.',
  })
  kind: string;

  @Field(() => BytesScalar, { description: 'Address of the contract.' })
  address: Buffer;

  @Field(() => ID, { nullable: true, description: 'The provider it speaks of.' })
  provider: string | null;

  @Field(() => ID, { nullable: true, description: 'The node it speaks of.' })
  node: string | null;

  @Field(() => ID, { nullable: true, description: 'The job it speaks of.' })
  job: string | null;

  @Field(() => ID, { nullable: true, description: 'The task it speaks of.' })
  task: string | null;

  @Field(() => BytesScalar, { description: 'Hash of its block.' })
  blockHash: Buffer;

  @Field(() => BytesScalar, { description: 'Hash of its transaction.' })
  transaction: Buffer;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => JsonScalar, { description: 'Its decoded arguments by name; whole numbers as decimal strings.' })
  args: unknown;
}
