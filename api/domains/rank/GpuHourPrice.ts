import { Field, Int, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, TimestampScalar } from '../../scalars.js';
import { UsdReason } from '../usd/Usd.js';

export const PriceBasis = createEnum({
  name: 'PriceBasis',
  description: 'Who says a price.',
  values: {
    advertised: 'The provider asks it.',
    bid: 'Buyers offer it.',
    settled: 'It was agreed on, or paid.',
  },
});

@ObjectType({ description: 'What one GPU costs for an hour, by one of those who say so.', simpleResolvers: true })
export class GpuHourPrice {
  @Field(() => PriceBasis, { description: 'Who says it.' })
  basis: keyof typeof PriceBasis;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'USD for one GPU-hour: of what is asked as of now, else as of then; null: see `usdReason`.',
  })
  usd: string | null;

  @Field(() => UsdReason, { nullable: true, description: 'Why there is no value in USD; null where there is one.' })
  usdReason: UsdReason | null;

  @Field(() => BigDecimalScalar, { description: 'Whole tokens (not base units) for one GPU-hour.' })
  inToken: string;

  @Field(() => TimestampScalar, { description: 'When it was named, or last seen; of several, the newest.' })
  at: Date;

  @Field(() => Int, { description: 'How many asks, bids or trades stand behind it.' })
  samples: number;

  @Field(() => Boolean, { description: 'True: it was asked for off chain. False: a log names it.' })
  probed: boolean;
}
