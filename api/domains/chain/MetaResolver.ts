import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { BigIntScalar } from '../../scalars.js';
import { hasQuarantined } from './chainQueries.js';
import { findMostLagging } from './freshness.js';
import { Meta, type MetaRow } from './Meta.js';
import { MetaBlock, toMetaBlock } from './MetaBlock.js';

@Resolver(() => Meta)
export class MetaResolver {
  @Query(() => Meta, {
    name: '_meta',
    nullable: true,
    description: 'Freshness of the chain asked for, else of the one that lags most; null while no such chain is known.',
  })
  async meta(
    @Arg('chain', () => BigIntScalar, { nullable: true, description: 'Chain id.' }) chainId: string | null,
    @Ctx() context: Context,
  ): Promise<MetaRow | null> {
    const chains = await context.database.listChains();
    const chain = chainId ? chains.find(({ id }) => String(id) === chainId) : findMostLagging(chains, context);
    return chain ? { chain, chains, version: context.version } : null;
  }

  @FieldResolver(() => MetaBlock, { nullable: true, description: "The chain's last block whose facts are written." })
  block(@Root() meta: MetaRow): MetaBlock | null {
    return toMetaBlock(meta.chain);
  }

  @FieldResolver(() => Boolean, { description: 'True when any chain is halted or any log was set aside.' })
  async hasIndexingErrors(@Root() meta: MetaRow, @Ctx() context: Context): Promise<boolean> {
    return meta.chains.some((chain) => chain.phase === 'halted') || (await hasQuarantined(context.database));
  }
}
