import { Field, Int, ObjectType } from 'type-graphql';
import { type FlagReason, flagReasons } from '../../../schema/heartbeat/flagReasons.js';
import { createEnum } from '../../list/createEnum.js';
import { TimestampScalar } from '../../scalars.js';

const BeatFlagReason = createEnum<FlagReason>({
  name: 'BeatFlagReason',
  description: 'What may be odd about beats.',
  values: flagReasons,
});

@ObjectType({ description: 'Something odd about the beats of a node. It changes no uptime.', simpleResolvers: true })
export class BeatFlag {
  @Field(() => BeatFlagReason, { description: 'What it is.' })
  reason: FlagReason;

  @Field(() => String, { description: 'The same as a sentence.' })
  text: string;

  @Field(() => TimestampScalar, { description: 'Begin of the first minute it was seen in, within the window.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'End of the last minute it was seen in.' })
  to: Date;

  @Field(() => Int, { description: 'Minutes it was seen in.' })
  slots: number;
}
