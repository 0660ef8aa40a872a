import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../scalars.js';

export interface PriceRow {
  readonly amount: string;
  readonly tokenId: string;
  readonly unit: string;
}

@ObjectType({ description: 'What one unit of work costs.', simpleResolvers: true })
export class Price {
  @Field(() => BigIntScalar, { description: 'Base units of `token` for one `unit`.' })
  amount: string;

  @Field(() => String, { description: 'What the price buys: task, second, …' })
  unit: string;
}
