import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description: 'Time in which nothing could be observed: it counts as unknown, for nobody.',
  simpleResolvers: true,
})
export class CollectorOutage {
  @Field(() => TimestampScalar, { description: 'Begin of its first minute, not before the day that is looked at.' })
  from: Date;

  @Field(() => TimestampScalar, { nullable: true, description: 'End of its last minute; null: it goes on.' })
  to: Date | null;

  @Field(() => Int, { description: 'Minutes of it within the day that is looked at.' })
  minutes: number;
}

@ObjectType({ description: 'Beats of one minute.', simpleResolvers: true })
export class BeatMinute {
  @Field(() => TimestampScalar, { description: 'Begin of the minute.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Beats of it that came, in time or late.' })
  beats: string;
}

@ObjectType({ description: 'A place from which nodes are seen.', simpleResolvers: true })
export class HeartbeatObserver {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Observers of one group have one vote together.' })
  networkGroup: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it could take beats in the last minute that is over, or since; null: it never could.',
  })
  alive: boolean | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'Since when it observes; null: it never has.' })
  since: Date | null;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'The last minute in which it was alive, by its beginning.',
  })
  lastAlive: Date | null;

  @Field(() => [CollectorOutage], { description: 'When it was not there in the last 24 hours, oldest first.' })
  outages: CollectorOutage[];
}

@ObjectType({
  description: 'How the collecting of heartbeats goes: who observes, and when nobody did. Of the last 24 hours.',
  simpleResolvers: true,
})
export class HeartbeatStatus {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether no observer is alive now; null: there has never been one.',
  })
  down: boolean | null;

  @Field(() => [CollectorOutage], {
    description: 'When no observer was alive: these minutes are unknown of every node. Oldest first.',
  })
  outages: CollectorOutage[];

  @Field(() => [HeartbeatObserver], { description: 'Who observes, by name.' })
  observers: HeartbeatObserver[];
}
