import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Direction } from '../../database/toListSql.js';
import { createEnum } from '../../list/createEnum.js';
import { ListArgs, OrderDirection } from '../../list/ListArgs.js';
import { BytesScalar } from '../../scalars.js';
import type { PayoutOrder } from './payoutQueries.js';

const PayoutOrderBy = createEnum<PayoutOrder>({
  name: 'PayoutOrderBy',
  description: 'What payouts are sorted by; ties in the order of the chain.',
  values: { at: 'Time of the block.', amount: 'Base units: compare inside one token only.' },
});

@InputType({ description: 'Which payouts; all conditions must hold.' })
export class PayoutWhere {
  @Field(() => ID, { nullable: true, description: 'Payouts of this network.' })
  network?: string | null;

  @Field(() => ID, { nullable: true, description: "Payouts for this provider's work; null: of no known provider." })
  provider?: string | null;

  @Field(() => ID, { nullable: true, description: 'Payouts for this job; null: for no known job.' })
  job?: string | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Payouts to this address.' })
  recipient?: string | null;

  @Field(() => String, { nullable: true, description: 'Payouts in this role.' })
  role?: string | null;
}

@ArgsType()
export class PayoutArgs extends ListArgs {
  @Field(() => PayoutOrderBy, { defaultValue: 'at', description: 'What to sort by.' })
  orderBy: PayoutOrder;

  @Field(() => OrderDirection, { defaultValue: 'desc', description: 'Which end comes first.' })
  orderDirection: Direction;

  @Field(() => PayoutWhere, { nullable: true, description: 'Which payouts.' })
  where?: PayoutWhere | null;
}
