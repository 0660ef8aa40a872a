import { parseFixed } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { Context } from '../../createContext.js';
import { toUsd } from '../usd/toUsd.js';
import type { UsdReason } from '../usd/Usd.js';
import type { FactPlace } from '../usd/usdQueries.js';

/** USD for one whole token at 18 decimals; null: for the reason beside it. */
export interface Rate {
  readonly usd: bigint | null;
  readonly reason: UsdReason | null;
}

/** What a token was worth at a place. */
export interface KnownRate {
  readonly rate: Rate;
  /** Of the token. */
  readonly decimals: number;
}

export interface Rates {
  /** Undefined: nobody knows the token. */
  find(tokenId: string, place: FactPlace): KnownRate | undefined;
}

/** What tokens were worth, each place of a token once. */
export async function loadRates(
  context: Context,
  wanted: readonly { readonly token: string; readonly place: FactPlace }[],
): Promise<Rates> {
  const asked = new Map<string, Map<string, FactPlace>>();
  for (const { token, place } of wanted) {
    const places = asked.get(token) ?? new Map<string, FactPlace>();
    asked.set(token, places.set(toKey(place), place));
  }
  const rates = new Map<string, ReadonlyMap<string, KnownRate>>();
  await Promise.all(
    [...asked].map(async ([tokenId, places]) => {
      const token = await context.loaders.token.load(tokenId);
      if (!token) return;
      const each = [...places].map(async ([key, place]): Promise<[string, KnownRate]> => {
        return [key, { rate: await readRate(context, tokenId, place), decimals: token.decimals }];
      });
      rates.set(tokenId, new Map(await Promise.all(each)));
    }),
  );
  return { find: (tokenId, place) => rates.get(tokenId)?.get(toKey(place)) };
}

/** Places of the present are one object for thousands of asks. */
const keys = new WeakMap<FactPlace, string>();

function toKey(place: FactPlace): string {
  const known = keys.get(place);
  if (known !== undefined) return known;
  const key = `${place.chainId} ${place.height} ${place.logIndex} ${place.at.getTime()}`;
  keys.set(place, key);
  return key;
}

async function readRate(context: Context, tokenId: string, place: FactPlace): Promise<Rate> {
  const { value, reason } = await toUsd(context, { tokenId, baseUnits: 1n, scale: 0, place });
  return { usd: value === null ? null : parseFixed(value), reason };
}
