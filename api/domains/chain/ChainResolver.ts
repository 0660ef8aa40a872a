import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import { findChainExplorer } from '../../../schema/protocols/chainExplorers.js';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { BigIntScalar, BytesScalar } from '../../scalars.js';
import { Anomaly } from '../anomaly/Anomaly.js';
import type { AnomalyRow } from '../anomaly/anomalyQueries.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Chain } from './Chain.js';
import type { ChainRow, EndpointRow, VerifiedRangeRow } from './chainQueries.js';
import { Endpoint } from './Endpoint.js';
import { toLag, toStaleReason } from './freshness.js';
import { MetaBlock, toMetaBlock } from './MetaBlock.js';
import { VerifiedRange } from './VerifiedRange.js';

@Resolver(() => Chain)
export class ChainResolver {
  @FieldResolver(() => MetaBlock, { nullable: true, description: 'The last block whose facts are written.' })
  block(@Root() chain: ChainRow): MetaBlock | null {
    return toMetaBlock(chain);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where people look the chain up: /tx/<hash>, /address/<address> and /block/<height> below it. Null: none is known, as of a local or a recorded chain.',
  })
  explorer(@Root() chain: ChainRow): string | null {
    return findChainExplorer(chain.id) ?? null;
  }

  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description:
      'Blocks between the head and the last written block; null for a recorded chain. It is of now, whatever moment is asked for.',
  })
  async lagBlocks(@Root() chain: ChainRow, @Ctx() context: Context): Promise<number | null> {
    return toLag(await toPresent(chain, context))?.blocks ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Seconds between the head and the last written block; null for a recorded chain. It is of now, whatever moment is asked for.',
  })
  async lagSeconds(@Root() chain: ChainRow, @Ctx() context: Context): Promise<number | null> {
    return toLag(await toPresent(chain, context))?.seconds ?? null;
  }

  @FieldResolver(() => Int, { description: 'Logs set aside because they could not be decoded or given a meaning.' })
  async quarantined(@Root() chain: ChainRow, @Ctx() context: Context): Promise<number> {
    return (await context.loaders.quarantined.load(chain.id))?.count ?? 0;
  }

  @FieldResolver(() => Int, { description: 'What does not fit together on it, as it stands: see `Query.anomalies`.' })
  async anomalyCount(@Root() chain: ChainRow, @Ctx() context: Context): Promise<number> {
    return (await context.loaders.anomalyCount.load(chain.id))?.count ?? 0;
  }

  @FieldResolver(() => [Anomaly], { description: 'What does not fit together on it, the newest first.' })
  anomalies(
    @Root() chain: ChainRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly AnomalyRow[]> {
    assertFirst(first);
    return context.loaders.anomaliesOfChain.load({ parent: String(chain.id), first });
  }

  @FieldResolver(() => Boolean, {
    description:
      'True when the chain is halted, its source is silent, its head stands still or what is written falls behind it. ' +
      'Never true for a recorded chain. It is of now, whatever moment is asked for.',
  })
  async stale(@Root() chain: ChainRow, @Ctx() context: Context): Promise<boolean> {
    const { present, staleAfterSeconds } = context;
    return toStaleReason(await toPresent(chain, context), { now: present.now, staleAfterSeconds }) !== null;
  }

  @FieldResolver(() => BytesScalar, {
    nullable: true,
    description:
      'State digest of the last written block: two indexers of a chain hold the same facts up to a block exactly when ' +
      'their digests of it are equal.',
  })
  async digest(@Root() chain: ChainRow, @Ctx() context: Context): Promise<Buffer | null> {
    return (await context.loaders.digestOfChain.load(chain.id))?.digest ?? null;
  }

  @FieldResolver(() => [VerifiedRange], { description: 'What of the written heights is proven, the newest first.' })
  verified(
    @Root() chain: ChainRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly VerifiedRangeRow[]> {
    assertFirst(first);
    return context.loaders.verifiedRangesOfChain.load({ parent: String(chain.id), first });
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Share of the written heights that are proven, exact or superset, from 0 to 1; null before any.',
  })
  async verifiedShare(@Root() chain: ChainRow, @Ctx() context: Context): Promise<number | null> {
    return (await context.loaders.verifiedShareOfChain.load(chain.id))?.share ?? null;
  }

  @FieldResolver(() => [Endpoint], { description: 'The RPC endpoints it is read from, by name; none as of the past.' })
  endpoints(@Root() chain: ChainRow, @Ctx() context: Context): Promise<readonly EndpointRow[]> {
    return context.loaders.endpointsOfChain.load({ parent: String(chain.id), first: 1_000 });
  }

  @FieldResolver(() => [Network], { description: 'The networks that live on the chain, by id.' })
  networks(@Root() chain: ChainRow, @Ctx() context: Context): Promise<readonly NetworkRow[]> {
    return context.loaders.networksOfChain.load({ parent: String(chain.id), first: 1_000 });
  }
}

/** How it stands now, whatever moment is asked for. */
async function toPresent(chain: ChainRow, { asOf, present }: Context): Promise<ChainRow> {
  if (!asOf) return chain;
  return (await present.database.listChains()).find(({ id }) => id === chain.id) ?? chain;
}
