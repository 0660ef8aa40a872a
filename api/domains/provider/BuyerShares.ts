import { Field, Int, ObjectType } from 'type-graphql';
import { BytesScalar } from '../../scalars.js';

@ObjectType({ description: 'A buyer of a provider.', simpleResolvers: true })
export class BuyerShare {
  @Field(() => BytesScalar, { description: 'Its address.' })
  buyer: string;

  @Field(() => Int, { description: 'How many of the jobs that are looked at are its own.' })
  jobs: number;
}

@ObjectType({
  description: 'From how few buyers a provider’s jobs come, of its newest 1,000 whose buyer is known.',
  simpleResolvers: true,
})
export class BuyerShares {
  @Field(() => Int, { description: 'Jobs that are looked at.' })
  jobs: number;

  @Field(() => Int, { description: 'Buyers of them.' })
  buyers: number;

  @Field(() => String, {
    description:
      'As many buyers of equal numbers of jobs would be as diverse: (Σn)² / Σn², a decimal of two places, cut.',
  })
  effective: string;

  @Field(() => [BuyerShare], { description: 'The ten that have most of them.' })
  top: readonly BuyerShare[];
}
