import { Field, Int, ObjectType } from 'type-graphql';
import { CountedSlots } from './CountedSlots.js';

@ObjectType({
  implements: CountedSlots,
  description: 'One UTC day of heartbeats. A day of which nothing is known has no uptime, which is not the same as 0.',
})
export class UptimeDay extends CountedSlots {
  @Field(() => String, { description: 'The day, such as 2026-01-31.' })
  date: string;

  @Field(() => Int, { description: 'Nodes of which beats were due.' })
  nodes: number;

  @Field(() => Boolean, { description: 'True while the day is not over: it holds the hours that are settled.' })
  inProgress: boolean;
}
