import { assert, assertNever } from '../../../schema/lib/assert.js';
import { toFeedId, toMaxAge, type UsdSource } from '../../../schema/prices/UsdSource.js';
import { joinRoundId, parseDecimal, toDecimal, toProduct, toUsdAsOf } from '../../../schema/prices/usd.js';
import type { Context } from '../../createContext.js';
import { type Usd, UsdOrigin, UsdReason } from './Usd.js';
import type { AnswerRow, FactPlace } from './usdQueries.js';

export interface UsdRequest {
  readonly tokenId: string;
  readonly baseUnits: bigint;
  /** Decimals of the amount; absent: the token's. */
  readonly scale?: number | null | undefined;
  /** Of how many the amount is for, where USD for one is asked. */
  readonly divisor?: bigint | undefined;
  readonly place: FactPlace;
}

/** What an amount was worth at its place, by the token's price source. */
export async function toUsd({ loaders }: Context, request: UsdRequest): Promise<Usd> {
  const token = await loaders.token.load(request.tokenId);
  const source: UsdSource = token?.usd ?? { kind: 'none', reason: 'No price source is named for the token.' };
  const amount = {
    baseUnits: request.baseUnits,
    decimals: request.scale ?? token?.decimals ?? 0,
    divisor: request.divisor ?? 1n,
  };
  switch (source.kind) {
    case 'none':
      return { ...nothing, reason: UsdReason.NO_FEED, note: source.reason };
    case 'static':
      return {
        ...nothing,
        value: toProduct(amount, parseDecimal(source.usd)),
        source: UsdOrigin.STATIC,
        note: source.note,
        rate: source.usd,
      };
    case 'feed': {
      const { feed } = source;
      const row = await loaders.feedAnswer.load({ ...request.place, feed: toFeedId(feed) });
      const at = Math.floor(request.place.at.getTime() / 1_000);
      const value = toUsdAsOf(amount, { decimals: row.decimals, maxAge: toMaxAge(feed), at }, toAsOf(row));
      const said = { ...nothing, source: UsdOrigin.FEED, pair: feed.pair, note: feed.source };
      if (value.status === 'ok') return { ...said, ...describe(row), value: value.usd, age: value.age };
      if (value.status === 'stale') return { ...said, ...describe(row), reason: UsdReason.STALE, age: value.age };
      return { ...said, reason: value.status === 'invalid' ? UsdReason.INVALID : UsdReason.NO_ANSWER };
    }
    default:
      return assertNever(source);
  }
}

const nothing: Usd = {
  value: null,
  reason: null,
  source: null,
  note: null,
  pair: null,
  rate: null,
  round: null,
  phase: null,
  aggregator: null,
  answeredAt: null,
  age: null,
};

function toAsOf(row: AnswerRow) {
  const { roundId, answer, updatedAt, answered } = row;
  if (roundId === null) return { answered, round: undefined };
  return { answered, round: { roundId: BigInt(roundId), answer: BigInt(answer), updatedAt: Number(updatedAt) } };
}

function describe({ roundId, answer, updatedAt, decimals, phase, aggregator }: AnswerRow) {
  assert(roundId !== null, 'an answer that counts has a round');
  const round = phase === null ? roundId : String(joinRoundId(phase, BigInt(roundId)));
  const answeredAt = new Date(Number(updatedAt) * 1_000);
  return { rate: toDecimal(BigInt(answer), decimals), round, phase, aggregator, answeredAt };
}
