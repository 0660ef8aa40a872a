import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';
import { Update } from './Update.js';

@ObjectType({
  description:
    'Blocks were written or taken back: those above `from` are not as they were told before, and the facts of all up to `block` are there.',
  simpleResolvers: true,
})
export class BlockUpdate extends Update {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Height of the last block that stands as it was told before; null: none.',
  })
  from: number | null;

  /** Which chain. */
  chainId: number;
}
