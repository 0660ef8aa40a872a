import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Attribute, toAttributes } from '../attribute/Attribute.js';
import { Price, type PriceRow } from '../token/Price.js';
import { Quote, type QuoteRow } from './Quote.js';

@Resolver(() => Quote)
export class QuoteResolver {
  @FieldResolver(() => Price, { description: 'How much, in what, for what.' })
  price(@Root() quote: QuoteRow): PriceRow {
    return quote;
  }

  @FieldResolver(() => [Attribute], {
    description: 'What else the answer says of it, by name: hardware, how much is on offer. Empty on chain.',
  })
  attributes(@Root() quote: QuoteRow): Attribute[] {
    return toAttributes(quote.attributes);
  }
}
