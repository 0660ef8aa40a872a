import { Field, Int, ObjectType } from 'type-graphql';
import { TimestampScalar } from '../../scalars.js';
import { CountedSlots } from './CountedSlots.js';

@ObjectType({
  implements: CountedSlots,
  description: 'What the heartbeats of a node, or of all nodes of a provider, come to over a window of whole hours.',
})
export class Reliability extends CountedSlots {
  @Field(() => TimestampScalar, { description: 'Where the window begins.' })
  from: Date;

  @Field(() => TimestampScalar, {
    description:
      'Where it ends: the beginning of this hour. An hour is settled ten minutes after its end, and counts then.',
  })
  to: Date;

  @Field(() => Int, { description: 'Nodes that have ever opened a session; of a node: one.' })
  nodes: number;

  @Field(() => Int, {
    description:
      'Days that are known of the window, begun ones counted; of a provider, of its node that is known for longest.',
  })
  days: number;

  @Field(() => Int, { description: 'How many days the window is long: "3 of 30 days".' })
  ofDays: number;
}
