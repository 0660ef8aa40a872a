import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { UserError } from '../../../schema/lib/errors.js';
import { bidsOfProtocols } from '../../../schema/protocols/bids.js';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { TimestampScalar } from '../../scalars.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { toUsd } from '../usd/toUsd.js';
import { LAST_LOG } from '../usd/usdQueries.js';
import {
  type Bucket,
  type DemandNetworkRow,
  findDemandNetwork,
  listAsked,
  listUnserved,
  type Span,
} from './demandQueries.js';
import { askMetricIds, type ClassedRow, classRows, toPoint } from './toPoints.js';
import { DemandInterval, type DemandIntervalName, UnservedDemand, UnservedPoint } from './UnservedDemand.js';

@ArgsType()
class DemandArgs {
  @Field(() => ID, { description: 'Id of a network.' })
  network: string;

  @Field(() => TimestampScalar, { description: 'Bids that ended then or later.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Bids that ended before.' })
  to: Date;
}

@Resolver(() => UnservedDemand)
export class DemandResolver {
  @Query(() => UnservedDemand, {
    nullable: true,
    description:
      'Demand that nobody served: bids whose jobs nobody took by their end, by time and kind of work (docs/questions.md). Null: no such network.',
  })
  async unservedDemand(
    @Args(() => DemandArgs) { network: given, from, to }: DemandArgs,
    @Arg('interval', () => DemandInterval, {
      defaultValue: 'day',
      description: 'How long the buckets are; 1,000 of them at most.',
    })
    interval: DemandIntervalName,
    @Ctx() context: Context,
  ): Promise<DemandAnswer | null> {
    const [span, bucket] = [{ network: parseId(given), from, to }, buckets[interval]];
    assertSpan(span, bucket, interval);
    const network = await findDemandNetwork(context.database, span);
    if (!network) return null;
    const reason = findReason(network);
    const points = reason === null ? await listPoints(context, { network, span, bucket }) : null;
    const { asOfBlock, asOfTime } = network;
    const withoutEnd = typeof network.capabilities.price === 'string' ? null : network.withoutEnd;
    const bids = points?.reduce((sum, point) => sum + Number(point.bids), 0) ?? null;
    return {
      ...{ recorded: reason === null, reason, bids, withoutEnd, asOfBlock, asOfTime },
      ...{ pointRows: points, pointCount: points?.length ?? null },
    };
  }

  @FieldResolver(() => [UnservedPoint], {
    nullable: true,
    description:
      'By time, then hardware, resource and unit; buckets without any are absent. Null: the network records no bids that end.',
  })
  points(
    @Root() { pointRows }: DemandAnswer,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
  ): readonly UnservedPoint[] | null {
    assertFirst(first);
    return pointRows?.slice(0, first) ?? null;
  }
}

@Resolver(() => UnservedPoint)
export class UnservedPointResolver {
  @FieldResolver(() => Token, { description: 'The token of what was bid.' })
  token(@Root() point: UnservedPoint, @Ctx() context: Context): Promise<TokenRow | null> {
    return context.loaders.token.load((point as PointRow).tokenId);
  }
}

/** Tokens are loaded where they are asked for. */
type PointRow = UnservedPoint & { readonly tokenId: string };
type DemandAnswer = UnservedDemand & { readonly pointRows: readonly PointRow[] | null };

const MAX_BUCKETS = 1_000;

/** A week begins on Monday, as did 5 January 1970. */
const buckets: Readonly<Record<DemandIntervalName, Bucket>> = {
  hour: { seconds: 3_600, offset: 0 },
  day: { seconds: 86_400, offset: 0 },
  week: { seconds: 604_800, offset: 345_600 },
};

function assertSpan({ from, to }: Span, { seconds }: Bucket, interval: string): void {
  if (from >= to) {
    throw new UserError(
      `Expected from to lie before to, got ${from.toISOString()} and ${to.toISOString()}: swap them.`,
    );
  }
  const count = Math.ceil((to.getTime() - from.getTime()) / 1_000 / seconds);
  if (count <= MAX_BUCKETS) return;
  throw new UserError(
    `Expected at most ${MAX_BUCKETS} buckets, got ${count} of a ${interval}: ask for less time, or a longer interval.`,
  );
}

/** Why a network records no bids that end; null: it does. */
function findReason({ protocol, capabilities }: DemandNetworkRow): string | null {
  for (const needed of ['price', 'jobs']) {
    const recorded = capabilities[needed];
    if (typeof recorded === 'string') return recorded;
  }
  const bids = bidsOfProtocols[protocol];
  return bids === true ? null : (bids ?? 'Nobody has said whether this protocol records bids.');
}

async function listPoints(
  context: Context,
  { network, span, bucket }: { readonly network: DemandNetworkRow; readonly span: Span; readonly bucket: Bucket },
): Promise<readonly PointRow[]> {
  const { database, loaders } = context;
  const [rows, asked] = await Promise.all([
    listUnserved(database, span, bucket).then(classRows),
    listAsked(database, span, askMetricIds),
  ]);
  return Promise.all(
    rows.map(async (row) => {
      const decimals = (await loaders.token.load(row.token))?.decimals ?? 0;
      const usd = await toUsd(context, {
        tokenId: row.token,
        baseUnits: BigInt(row.value),
        scale: row.scale,
        place: toPlace(network, row),
      });
      const { value: worth } = usd;
      return {
        ...toPoint({ row, bucket, network: network.id, decimals, asked, usd: worth, asOfTime: network.asOfTime }),
        tokenId: row.token,
      };
    }),
  );
}

function toPlace({ chainId }: DemandNetworkRow, { height, at }: ClassedRow) {
  return { chainId, height, logIndex: LAST_LOG, at };
}
