import { Field, ObjectType } from 'type-graphql';
import type { RemovedPair } from '../../../schema/metrics/formulas/score/listRemovedPairs.js';
import { createEnum } from '../../list/createEnum.js';
import { TimestampScalar } from '../../scalars.js';

export const RemovalReason = createEnum<RemovedPair['reason']>({
  name: 'RemovalReason',
  description: 'Why trades between two speak for no score; where several hold, the first of these.',
  values: {
    sameCluster: 'Buyer and provider are one, by accounts of their own. Prices are made without it.',
    circulation: 'The money goes round between them, alone or through others. Prices are made without it.',
    noHistory:
      'Nobody else has served that buyer. What it buys speaks for nobody; what it pays is a price all the same.',
  },
});

@ObjectType({
  description: 'A buyer and a provider whose trades of a day speak for no score.',
  simpleResolvers: true,
})
export class RemovedTrade {
  @Field(() => TimestampScalar, { description: 'The UTC day on which they traded: its midnight.' })
  day: Date;

  @Field(() => String, { description: 'Who bought: its account.' })
  buyer: string;

  @Field(() => RemovalReason, { description: "Why, as it was known at the day's end; of today, by now." })
  reason: RemovedPair['reason'];
}
