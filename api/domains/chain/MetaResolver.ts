import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { METHOD_VERSION } from '../../../schema/metrics/formulas/score/scoreMethod.js';
import type { Context } from '../../createContext.js';
import { BigIntScalar, BytesScalar } from '../../scalars.js';
import { hasQuarantined } from './chainQueries.js';
import { findMostLagging } from './freshness.js';
import { Meta, type MetaRow } from './Meta.js';
import { MetaBlock, type MetaBlockRow, toMetaBlock } from './MetaBlock.js';

@Resolver(() => Meta)
export class MetaResolver {
  @Query(() => Meta, {
    name: '_meta',
    nullable: true,
    description:
      'Freshness of the chain asked for, else of the one that lags most by now; null while no such chain is known.',
  })
  async meta(
    @Arg('chain', () => BigIntScalar, { nullable: true, description: 'Chain id.' }) chainId: string | null,
    @Ctx() context: Context,
  ): Promise<MetaRow | null> {
    const chains = await context.database.listChains();
    const wanted = chainId ?? (await findDoubted(context));
    const chain = chains.find(({ id }) => String(id) === wanted);
    return chain ? { chain, chains, version: context.version } : null;
  }

  @FieldResolver(() => MetaBlock, { nullable: true, description: "The chain's last block whose facts are written." })
  block(@Root() meta: MetaRow): MetaBlock | null {
    return toMetaBlock(meta.chain);
  }

  @FieldResolver(() => String, {
    description: 'Which software answers, by what rules: the same of two servers, the same answers of the same chain.',
  })
  deployment(@Root() meta: MetaRow): string {
    return `computescan-${meta.version}-method-${METHOD_VERSION}`;
  }

  @FieldResolver(() => Boolean, { description: 'True when any chain is halted or any log was set aside.' })
  async hasIndexingErrors(@Root() meta: MetaRow, @Ctx() context: Context): Promise<boolean> {
    return meta.chains.some((chain) => chain.phase === 'halted') || (await hasQuarantined(context.database));
  }
}

/** The id of the chain that lags most, as of now. */
async function findDoubted({ present, staleAfterSeconds }: Context): Promise<string | undefined> {
  const chains = await present.database.listChains();
  const id = findMostLagging(chains, { now: present.now, staleAfterSeconds })?.id;
  return id === undefined ? undefined : String(id);
}

@Resolver(() => MetaBlock)
export class MetaBlockResolver {
  @FieldResolver(() => BytesScalar, {
    nullable: true,
    description: 'Hash of the block before it; null where its header was not asked for, as of much of the past.',
  })
  async parentHash(@Root() { chainId }: MetaBlockRow, @Ctx() context: Context): Promise<Buffer | null> {
    return (await context.loaders.parentHashOfChain.load(chainId))?.parentHash ?? null;
  }
}
