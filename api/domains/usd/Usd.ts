import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BigDecimalScalar, BigIntScalar, BytesScalar, TimestampScalar } from '../../scalars.js';

export enum UsdReason {
  NO_FEED = 'NO_FEED',
  NO_ANSWER = 'NO_ANSWER',
  INVALID = 'INVALID',
  STALE = 'STALE',
}

registerEnumType(UsdReason, {
  name: 'UsdReason',
  description: 'Why there is no value in USD.',
  valuesConfig: {
    NO_FEED: { description: 'No price feed of the token is known on its chain.' },
    NO_ANSWER: { description: 'The feed had not answered by then, as far as it is indexed.' },
    INVALID: { description: 'The feed had answered, but never with a price above zero.' },
    STALE: { description: "The feed's last price was older than its heartbeat and an hour." },
  },
});

export enum UsdOrigin {
  FEED = 'FEED',
  STATIC = 'STATIC',
}

registerEnumType(UsdOrigin, {
  name: 'UsdOrigin',
  description: 'Where a value in USD comes from.',
  valuesConfig: {
    FEED: { description: "The chain's own price feed, as of the fact's block." },
    STATIC: { description: 'A rate that somebody set; see `note`.' },
  },
});

@ObjectType({
  description: 'What an amount was worth in USD at its block, by what the chain itself knew then; never in hindsight.',
  simpleResolvers: true,
})
export class Usd {
  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'USD as a decimal such as "1.5", every digit of it; null where it is not known: see `reason`.',
  })
  value: string | null;

  @Field(() => UsdReason, { nullable: true, description: 'Why there is no value; null where there is one.' })
  reason: UsdReason | null;

  @Field(() => UsdOrigin, { nullable: true, description: 'Where it comes from; null where no source is known.' })
  source: UsdOrigin | null;

  @Field(() => String, { nullable: true, description: 'Whose rate it is, or why there is none, as a sentence.' })
  note: string | null;

  @Field(() => String, { nullable: true, description: 'What the feed prices: "ETH / USD".' })
  pair: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'USD for one token, as a decimal.' })
  rate: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "The feed's round: the proxy's id where the phase is known, else the aggregator's own.",
  })
  round: string | null;

  @Field(() => Int, { nullable: true, description: "The proxy's phase that answered, where it is known." })
  phase: number | null;

  @Field(() => BytesScalar, { nullable: true, description: 'The aggregator that answered.' })
  aggregator: string | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'When it answered, as the feed says.' })
  answeredAt: Date | null;

  @Field(() => Int, { nullable: true, description: "Seconds from then to the fact's block." })
  age: number | null;
}
