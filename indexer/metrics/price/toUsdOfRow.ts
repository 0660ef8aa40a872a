import { toFixedUsd } from '../../../schema/metrics/formulas/price/toFixedUsd.js';
import { toMaxAge } from '../../../schema/prices/UsdSource.js';
import { parseDecimal, type TokenAmount, toUsdAsOf } from '../../../schema/prices/usd.js';
import type { PriceRow } from './PriceRow.js';

/** Why the worth of a token is not known: as `UsdReason` of the API. */
export type UsdGap = 'noFeed' | 'noAnswer' | 'invalid' | 'stale';

/** At 18 decimals; null: for the reason beside it. */
export interface UsdOfRow {
  readonly usd: bigint | null;
  readonly usdGap: UsdGap | null;
}

type Worth = Pick<
  PriceRow,
  | 'at'
  | 'usdKind'
  | 'usdStatic'
  | 'usdHeartbeat'
  | 'usdAnswered'
  | 'usdRound'
  | 'usdAnswer'
  | 'usdUpdatedAt'
  | 'usdDecimals'
>;

/** What an amount of the row's token was worth, as the API says it of a single fact (`PRC-05`). */
export function toUsdOfRow(amount: TokenAmount, row: Worth): UsdOfRow {
  if (row.usdKind === 'static' && row.usdStatic !== null) {
    return { usd: toFixedUsd(amount, parseDecimal(row.usdStatic)), usdGap: null };
  }
  if (row.usdKind !== 'feed') return { usd: null, usdGap: 'noFeed' };
  const terms = {
    decimals: row.usdDecimals ?? 0,
    maxAge: toMaxAge({ heartbeatSeconds: row.usdHeartbeat ?? 0 }),
    at: Number(row.at),
  };
  // Of nothing: which answer it is of is asked here, and the amount is taken at it without text in between.
  const value = toUsdAsOf(NOTHING, terms, { round: findRound(row), answered: row.usdAnswered ?? false });
  if (value.status === 'ok') {
    return { usd: toFixedUsd(amount, { value: value.round.answer, decimals: terms.decimals }), usdGap: null };
  }
  return { usd: null, usdGap: value.status === 'noPrice' ? 'noAnswer' : value.status };
}

const NOTHING: TokenAmount = { baseUnits: 0n, decimals: 0 };

function findRound({ usdRound, usdAnswer, usdUpdatedAt }: Worth) {
  if (usdRound === null || usdAnswer === null) return undefined;
  return { roundId: BigInt(usdRound), answer: BigInt(usdAnswer), updatedAt: Number(usdUpdatedAt) };
}
