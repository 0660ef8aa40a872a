import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';
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

  @Field(() => BigIntScalar, { description: 'Minutes whose beat came too late to count.' })
  late: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Mean round trip from the nodes to us in microseconds, as they measure it; null: none said.',
  })
  rttMeanUs: number | null;

  @Field(() => Int, { nullable: true, description: 'The longest of these round trips; null: none said.' })
  rttMaxUs: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How busy the GPUs, or the processors of machines without any, were in the mean, in thousandths, by their own word; null: none said.',
  })
  utilMeanPermille: number | null;
}
