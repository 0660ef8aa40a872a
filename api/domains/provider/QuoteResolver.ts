import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Attribute, toAttributes } from '../attribute/Attribute.js';
import { Price, type PriceRow } from '../token/Price.js';
import type { FactPlace } from '../usd/usdQueries.js';
import { Quote, type QuoteRow } from './Quote.js';

@Resolver(() => Quote)
export class QuoteResolver {
  @FieldResolver(() => Price, { description: 'How much, in what, for what.' })
  price(@Root() quote: QuoteRow): PriceRow {
    return { ...quote, place: toPlace(quote) };
  }

  @FieldResolver(() => [Attribute], {
    description: 'What else the answer says of it, by name: hardware, how much is on offer. Empty on chain.',
  })
  attributes(@Root() quote: QuoteRow): Attribute[] {
    return toAttributes(quote.attributes);
  }
}

/** What was asked for off chain has no place in the chain: all that was known at that moment counts. */
function toPlace({ chainId, height, logIndex, observedAt: at }: QuoteRow): FactPlace {
  return { chainId, height: height ?? Number.MAX_SAFE_INTEGER, logIndex: logIndex ?? 0, at };
}
