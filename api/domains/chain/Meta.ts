import { Field, ObjectType } from 'type-graphql';
import { Chain } from './Chain.js';
import type { ChainRow } from './chainQueries.js';

/** What the resolver hands on; `block` and `hasIndexingErrors` are worked out when asked for. */
export interface MetaRow {
  readonly chain: ChainRow;
  readonly chains: readonly ChainRow[];
  readonly version: string;
}

@ObjectType({ description: 'How current and how complete the answers are.', simpleResolvers: true })
export class Meta {
  @Field(() => Chain, { description: 'The chain asked for, else the one that lags most.' })
  chain: ChainRow;

  @Field(() => [Chain], { description: 'Every chain that is indexed, by id.' })
  chains: readonly ChainRow[];

  @Field(() => String, { description: 'Version of the software that answers.' })
  version: string;
}
