import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Direction } from '../../database/toListSql.js';
import { createEnum } from '../../list/createEnum.js';
import { ListArgs, OrderDirection } from '../../list/ListArgs.js';
import type { NetworkOrder } from './networkQueries.js';

const NetworkOrderBy = createEnum<NetworkOrder>({
  name: 'NetworkOrderBy',
  description: 'What networks are sorted by; ties by id.',
  values: { id: 'The id.', jobs: 'Jobs ever agreed.', providers: 'Providers ever seen.' },
});

@InputType({ description: 'Which networks; all conditions must hold.' })
export class NetworkWhere {
  @Field(() => ID, { nullable: true, description: 'This network.' })
  id?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these networks.' })
  id_in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Networks of this protocol.' })
  protocol?: string | null;
}

@ArgsType()
export class NetworkArgs extends ListArgs {
  @Field(() => NetworkOrderBy, { defaultValue: 'id', description: 'What to sort by.' })
  orderBy: NetworkOrder;

  @Field(() => OrderDirection, { defaultValue: 'asc', description: 'Which end comes first.' })
  orderDirection: Direction;

  @Field(() => NetworkWhere, { nullable: true, description: 'Which networks.' })
  where?: NetworkWhere | null;
}
