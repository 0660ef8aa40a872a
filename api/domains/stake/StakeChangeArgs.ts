import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Direction } from '../../database/toListSql.js';
import { createEnum } from '../../list/createEnum.js';
import { ListArgs, OrderDirection } from '../../list/ListArgs.js';
import { BytesScalar } from '../../scalars.js';
import type { StakeChangeOrder } from './stakeChangeQueries.js';

const StakeChangeOrderBy = createEnum<StakeChangeOrder>({
  name: 'StakeChangeOrderBy',
  description: 'What stake changes are sorted by; ties in the order of the chain.',
  values: { at: 'Time of the block.', amount: 'Base units: compare inside one token only.' },
});

@InputType({ description: 'Which stake changes; all conditions must hold.' })
export class StakeChangeWhere {
  @Field(() => ID, { nullable: true, description: 'Changes on this network.' })
  network?: string | null;

  @Field(() => ID, { nullable: true, description: "Changes of this provider's stake; null: of no known provider." })
  provider?: string | null;

  @Field(() => BytesScalar, { nullable: true, description: "Changes of this address's stake." })
  account?: string | null;

  @Field(() => String, { nullable: true, description: 'Changes of this kind.' })
  kind?: string | null;
}

@ArgsType()
export class StakeChangeArgs extends ListArgs {
  @Field(() => StakeChangeOrderBy, { defaultValue: 'at', description: 'What to sort by.' })
  orderBy: StakeChangeOrder;

  @Field(() => OrderDirection, { defaultValue: 'desc', description: 'Which end comes first.' })
  orderDirection: Direction;

  @Field(() => StakeChangeWhere, { nullable: true, description: 'Which stake changes.' })
  where?: StakeChangeWhere | null;
}
