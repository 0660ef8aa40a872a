import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { unitsPerHour } from '../../../schema/prices/unitsPerHour.js';
import type { Context } from '../../createContext.js';
import { toUsd } from '../usd/toUsd.js';
import { Usd } from '../usd/Usd.js';
import { Price, type PriceRow } from './Price.js';
import { Token } from './Token.js';
import type { TokenRow } from './tokenQueries.js';

@Resolver(() => Price)
export class PriceResolver {
  @FieldResolver(() => Token, { description: 'The token the amount is in.' })
  token(@Root() price: PriceRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return context.loaders.token.load(price.tokenId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "Decimals of `amount`: the token's, or more where a rate needs finer steps than the token has.",
  })
  async decimals(@Root() price: PriceRow, @Ctx() context: Context): Promise<number | null> {
    return price.scale ?? (await context.loaders.token.load(price.tokenId))?.decimals ?? null;
  }

  @FieldResolver(() => Usd, { description: 'USD for one `unit`, as of the block that names the price.' })
  usd(@Root() { amount, tokenId, scale, place }: PriceRow, @Ctx() context: Context): Promise<Usd> {
    return toUsd(context, { tokenId, baseUnits: BigInt(amount), scale, place });
  }

  @FieldResolver(() => Usd, {
    nullable: true,
    description: 'USD for an hour, as of the block that names the price; null for a price that is not per time.',
  })
  async usdPerHour(@Root() price: PriceRow, @Ctx() context: Context): Promise<Usd | null> {
    return toUsdPerHour(context, price, 1);
  }

  @FieldResolver(() => Usd, {
    nullable: true,
    description: 'The same for one GPU of the hardware; null also where nobody has said how many GPUs it has.',
  })
  async usdPerGpuHour(@Root() price: PriceRow, @Ctx() context: Context): Promise<Usd | null> {
    return price.gpuCount === null ? null : toUsdPerHour(context, price, price.gpuCount);
  }
}

async function toUsdPerHour(context: Context, price: PriceRow, divisor: number): Promise<Usd | null> {
  const times = unitsPerHour.get(price.unit);
  if (times === undefined || divisor <= 0) return null;
  const { tokenId, scale, place } = price;
  const baseUnits = BigInt(price.amount) * times;
  return toUsd(context, { tokenId, baseUnits, scale, place, divisor: BigInt(divisor) });
}
