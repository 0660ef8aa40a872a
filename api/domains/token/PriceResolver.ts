import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
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
}
