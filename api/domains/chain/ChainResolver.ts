import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { BigIntScalar } from '../../scalars.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Chain } from './Chain.js';
import type { ChainRow } from './chainQueries.js';
import { toLag, toStaleReason } from './freshness.js';
import { MetaBlock, toMetaBlock } from './MetaBlock.js';

@Resolver(() => Chain)
export class ChainResolver {
  @FieldResolver(() => MetaBlock, { nullable: true, description: 'The last block whose facts are written.' })
  block(@Root() chain: ChainRow): MetaBlock | null {
    return toMetaBlock(chain);
  }

  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description: 'Blocks between the head and the last written block; null for a recorded chain.',
  })
  lagBlocks(@Root() chain: ChainRow): number | null {
    return toLag(chain)?.blocks ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Seconds between the head and the last written block; null for a recorded chain.',
  })
  lagSeconds(@Root() chain: ChainRow): number | null {
    return toLag(chain)?.seconds ?? null;
  }

  @FieldResolver(() => Int, { description: 'Logs set aside because they could not be decoded or given a meaning.' })
  async quarantined(@Root() chain: ChainRow, @Ctx() context: Context): Promise<number> {
    return (await context.loaders.quarantined.load(chain.id))?.count ?? 0;
  }

  @FieldResolver(() => Boolean, {
    description:
      'True when the chain is halted, its source is silent, its head stands still or what is written falls behind it. ' +
      'Never true for a recorded chain.',
  })
  stale(@Root() chain: ChainRow, @Ctx() context: Context): boolean {
    return toStaleReason(chain, context) !== null;
  }

  @FieldResolver(() => [Network], { description: 'The networks that live on the chain, by id.' })
  networks(@Root() chain: ChainRow, @Ctx() context: Context): Promise<readonly NetworkRow[]> {
    return context.loaders.networksOfChain.load({ parent: String(chain.id), first: 1_000 });
  }
}
