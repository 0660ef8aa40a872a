import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TimestampScalar } from '../../scalars.js';

@ObjectType({
  description:
    'A run of two or more minutes in which a node was down. Minutes of which nothing is known neither count nor end it.',
  simpleResolvers: true,
})
export class Outage {
  @Field(() => ID, {
    description: '<network>:<native id> of the node, or of the provider where the protocol names no machines.',
  })
  node: string;

  @Field(() => TimestampScalar, { description: 'Begin of its first minute.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'End of its last minute that is known.' })
  to: Date;

  @Field(() => Int, {
    description:
      'Minutes of it that were down; as of a moment within it, no more than these: unknown minutes until then may be among them.',
  })
  minutes: number;

  @Field(() => Boolean, {
    description: 'Whether the node was heard again since; false: it goes on, as far as is known.',
  })
  ended: boolean;
}
