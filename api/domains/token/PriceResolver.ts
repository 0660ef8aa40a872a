import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
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
}
