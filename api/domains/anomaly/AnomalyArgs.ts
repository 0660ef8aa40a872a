import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Direction } from '../../database/toListSql.js';
import { createEnum } from '../../list/createEnum.js';
import { ListArgs, OrderDirection } from '../../list/ListArgs.js';
import { BigIntScalar } from '../../scalars.js';
import type { AnomalyOrder } from './anomalyQueries.js';

const AnomalyOrderBy = createEnum<AnomalyOrder>({
  name: 'AnomalyOrderBy',
  description: 'What anomalies are sorted by; ties in the order of the chain.',
  values: { at: 'Time of the block.' },
});

@InputType({ description: 'Which anomalies; all conditions must hold.' })
export class AnomalyWhere {
  @Field(() => ID, { nullable: true, description: 'Anomalies of this network.' })
  network?: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Anomalies on this chain.' })
  chain?: string | null;

  @Field(() => String, { nullable: true, description: 'Anomalies by this rule.' })
  rule?: string | null;
}

@ArgsType()
export class AnomalyArgs extends ListArgs {
  @Field(() => AnomalyOrderBy, { defaultValue: 'at', description: 'What to sort by.' })
  orderBy: AnomalyOrder;

  @Field(() => OrderDirection, { defaultValue: 'desc', description: 'Which end comes first.' })
  orderDirection: Direction;

  @Field(() => AnomalyWhere, { nullable: true, description: 'Which anomalies.' })
  where?: AnomalyWhere | null;
}
