import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Price, type PriceRow } from '../token/Price.js';
import { Quote, type QuoteRow } from './Quote.js';

@Resolver(() => Quote)
export class QuoteResolver {
  @FieldResolver(() => Price, { description: 'How much, in what, for what.' })
  price(@Root() quote: QuoteRow): PriceRow {
    return quote;
  }
}
