import { Field, Int, ObjectType } from 'type-graphql';
import { TimestampScalar } from '../../scalars.js';
import { CountedSlots } from './CountedSlots.js';

@ObjectType({
  implements: CountedSlots,
  description: 'One hour of heartbeats that is settled, and each of its minutes.',
})
export class UptimeHour extends CountedSlots {
  @Field(() => TimestampScalar, { description: 'Its begin.' })
  from: Date;

  @Field(() => Int, { description: 'Nodes of which beats were due.' })
  nodes: number;

  @Field(() => String, {
    description:
      'Sixty letters, one a minute: u up; d down; s some of its nodes down and others up; m down in maintenance that was announced a day ahead; ? unknown, for nobody; - nothing was due.',
  })
  minutes: string;
}
