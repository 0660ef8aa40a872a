import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TimestampScalar } from '../../scalars.js';
import { CountedSlots } from './CountedSlots.js';

@ObjectType({
  implements: CountedSlots,
  description: 'A node over the thirty days before its last settled hour.',
})
export class ReliableNode extends CountedSlots {
  @Field(() => ID, {
    description: '<network>:<native id> of the node, or of the provider where the protocol names no machines.',
  })
  id: string;

  @Field(() => String, { description: "The protocol's own id: an address or a number." })
  nativeId: string;

  @Field(() => TimestampScalar, { description: 'Where the thirty days end.' })
  to: Date;

  @Field(() => Int, { description: 'Days that are known of the thirty, begun ones counted.' })
  days: number;

  @Field(() => Int, { description: 'How many days they are: "3 of 30 days".' })
  ofDays: number;
}
