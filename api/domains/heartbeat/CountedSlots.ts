import { Field, Float, InterfaceType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';

@InterfaceType({
  description:
    'Minutes of nodes, and what they come to. A minute is up when a signed beat of it came in time; what no healthy observer ' +
    'of ours could see is unknown, for nobody. A ratio is null where there is no evidence.',
})
export abstract class CountedSlots {
  @Field(() => BigIntScalar, { description: 'Minutes that were up.' })
  up: string;

  @Field(() => BigIntScalar, { description: 'Minutes of which it is known whether they were up.' })
  known: string;

  @Field(() => BigIntScalar, {
    description: 'Minutes in which beats were due: wholly within the registered life, from the first beat on.',
  })
  expected: string;

  @Field(() => BigIntScalar, { description: 'Known minutes in maintenance that was announced a day ahead.' })
  maintenance: string;

  @Field(() => BigIntScalar, { description: 'Those of them that were up.' })
  maintenanceUp: string;

  @Field(() => Float, { nullable: true, description: 'up / known, from 0 to 1.' })
  uptimeRaw: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The same without maintenance: (up - maintenanceUp) / (known - maintenance).',
  })
  uptimeSla: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'known / expected: how much of the time stands behind the others.',
  })
  coverage: number | null;
}
