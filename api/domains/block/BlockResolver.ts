import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Chain } from '../chain/Chain.js';
import type { ChainRow } from '../chain/chainQueries.js';
import { Block } from './Block.js';
import type { BlockRow } from './blockQueries.js';

@Resolver(() => Block)
export class BlockResolver {
  @FieldResolver(() => Chain, { description: 'The chain it is part of.' })
  chain(@Root() block: BlockRow, @Ctx() context: Context): Promise<ChainRow | null> {
    return context.loaders.chain.load(block.chainId);
  }
}
