import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';
import type { FactPlace } from '../usd/usdQueries.js';

export interface PriceRow {
  readonly amount: string;
  readonly tokenId: string;
  readonly unit: string;
  /** Decimals of the amount; null: the token's. */
  readonly scale: number | null;
  /** Where the chain says so. */
  readonly place: FactPlace;
  /** GPUs that the price is for, where that is known: one, or a node's at that height. */
  readonly gpuCount: number | null;
}

@ObjectType({ description: 'What one unit of work costs.', simpleResolvers: true })
export class Price {
  @Field(() => BigIntScalar, { description: 'For one `unit`, in `token` times 10 to the power of `decimals`.' })
  amount: string;

  @Field(() => String, { description: 'What the price buys: second, hour, task, token, pixel or epoch.' })
  unit: string;
}
