import { Field, ID, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';
import type { PriceRow } from '../token/Price.js';

export const PriceSource = createEnum({
  name: 'PriceSource',
  description: 'Where a price is known from.',
  values: {
    CHAIN: 'A log names it: it holds until another one does.',
    PROBE: 'It was asked for off chain: nothing but the asking says that it still holds.',
  },
});

export const Freshness = createEnum({
  name: 'Freshness',
  description: 'Whether what was asked for off chain was asked lately enough to be believed.',
  values: {
    FRESH: 'Seen within three intervals of its probe.',
    STALE: 'Not seen for longer: it may have changed since.',
  },
});

export interface QuoteRow extends Omit<PriceRow, 'place'> {
  readonly chainId: number;
  /** With `logIndex`, of the log that names it; null for what was asked for off chain. */
  readonly height: number | null;
  readonly logIndex: number | null;
  readonly observedAt: Date;
  readonly basis: string;
  readonly resource: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

@ObjectType({ description: 'A price that a log names, or that was asked for off chain.', simpleResolvers: true })
export class Quote {
  @Field(() => String, {
    description: 'advertised: asked by the provider; bid: offered by a buyer; settled: agreed on, or paid.',
  })
  basis: string;

  @Field(() => String, {
    nullable: true,
    description: 'What of it is priced, where one provider prices several things: input, vcpu, an instance type.',
  })
  resource: string | null;

  @Field(() => ID, { nullable: true, description: 'The node it is for, where it is for one.' })
  node: string | null;

  @Field(() => ID, { nullable: true, description: 'The job it is for, where it is for one.' })
  job: string | null;

  @Field(() => PriceSource, { description: 'Where it is known from.' })
  source: keyof typeof PriceSource;

  @Field(() => TimestampScalar, {
    description:
      'Since when it is known to hold: the time of its block, or of the first of the answers in a row that name it.',
  })
  at: Date;

  @Field(() => BigIntScalar, { nullable: true, description: 'Height of its block; null off chain.' })
  height: number | null;

  @Field(() => TimestampScalar, {
    description: 'When it was last seen: the time of its block, or of the last answer that names it.',
  })
  observedAt: Date;

  @Field(() => Freshness, {
    nullable: true,
    description: 'Whether that was lately; null on chain, where a price does not age.',
  })
  freshness: keyof typeof Freshness | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it was asked for, without user and query; null on chain.',
  })
  sourceUrl: string | null;
}
