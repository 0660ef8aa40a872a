import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description:
    'Whether a provider or a machine was there when a probe of ours asked. Who did not answer while we were cut off ourselves ' +
    'is unknown. A ratio is null where there is no evidence.',
  simpleResolvers: true,
})
export class Reachability {
  @Field(() => ID, { description: 'What is asked: marlin-control-plane, livepeer-service, http, tcp.' })
  probe: string;

  @Field(() => TimestampScalar, { description: 'Where the window begins; it ends now.' })
  from: Date;

  @Field(() => Int, { description: 'Endpoints that are asked: of a provider its own and those of its machines.' })
  targets: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Those that were there when they were last asked; null: none was asked in the last two hours.',
  })
  targetsReached: number | null;

  @Field(() => BigIntScalar, { description: 'Minutes in which one was asked, of every endpoint and observer.' })
  asked: string;

  @Field(() => BigIntScalar, { description: 'Those of which it is known whether it was there.' })
  known: string;

  @Field(() => BigIntScalar, { description: 'Those in which it was there.' })
  reached: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean of the shares reached / known of its hours, from 0 to 1: who is silent is asked less often, but in every hour.',
  })
  reachedShare: number | null;

  @Field(() => Float, { nullable: true, description: 'known / asked.' })
  coverage: number | null;

  @Field(() => Int, { description: 'Days of the window of which anything is known.' })
  days: number;

  @Field(() => Int, { description: 'How many days the window is long: "3 of 30 days".' })
  ofDays: number;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'Begin of the last minute in which it was there; null: never within the window.',
  })
  lastReached: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Mean of the longest answer of each minute of the last 24 hours, in microseconds; null: none came.',
  })
  latencyMeanUs: number | null;

  @Field(() => Int, { nullable: true, description: 'The longest of them; null: none came.' })
  latencyMaxUs: number | null;
}
