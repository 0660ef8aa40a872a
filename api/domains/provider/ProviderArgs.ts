import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Direction } from '../../database/toListSql.js';
import { createEnum } from '../../list/createEnum.js';
import { ListArgs, OrderDirection } from '../../list/ListArgs.js';
import { BytesScalar } from '../../scalars.js';
import type { ProviderOrder } from './providerQueries.js';

const ProviderOrderBy = createEnum<ProviderOrder>({
  name: 'ProviderOrderBy',
  description: 'What providers are sorted by; ties by id.',
  values: {
    id: 'The id.',
    jobs: 'Jobs ever agreed.',
    tasksCompleted: 'Tasks completed.',
    tasksFailed: 'Tasks failed.',
    stake: 'Bonded stake in base units: compare inside one network only.',
    paid: 'Pay so far in base units: compare inside one network only.',
    createdAt: 'Time first seen.',
    lastActiveAt: 'Time of the last block that concerns it.',
    latestPrice: 'The latest price in base units: compare inside one network only.',
  },
});

@InputType({ description: 'Which providers; all conditions must hold.' })
export class ProviderWhere {
  @Field(() => ID, { nullable: true, description: 'This provider.' })
  id?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these providers.' })
  id_in?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Providers of this network.' })
  network?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Providers of any of these networks.' })
  network_in?: string[] | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Providers of this owner; null: of no known owner.' })
  owner?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they take work now; null: where that is not known.' })
  active?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Providers with a machine that claims this GPU: the id of a model in `gpuCatalogue`.',
  })
  gpu?: string | null;
}

@ArgsType()
export class ProviderArgs extends ListArgs {
  @Field(() => ProviderOrderBy, { defaultValue: 'jobs', description: 'What to sort by.' })
  orderBy: ProviderOrder;

  @Field(() => OrderDirection, { defaultValue: 'desc', description: 'Which end comes first.' })
  orderDirection: Direction;

  @Field(() => ProviderWhere, { nullable: true, description: 'Which providers.' })
  where?: ProviderWhere | null;
}
