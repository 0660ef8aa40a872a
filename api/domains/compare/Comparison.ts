import { Field, ID, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, BigIntScalar, TimestampScalar } from '../../scalars.js';

export const ComparisonGroup = createEnum({
  name: 'ComparisonGroup',
  description: 'What a row of a comparison is about.',
  values: {
    offer: 'Where it sells, and what it has.',
    price: 'What it costs.',
    reliability: 'Whether its machines are there.',
    jobs: 'How its work goes.',
    reputation: 'Its score, and what that is made of.',
    economy: 'Stake, pay, and its share of the network.',
  },
});
export type ComparisonGroupName = keyof typeof ComparisonGroup;

export const Better = createEnum({
  name: 'Better',
  description: 'Which way is good for a buyer.',
  values: { higher: 'More is better.', lower: 'Less is better.' },
});
export type BetterName = keyof typeof Better;

@ObjectType({ description: 'What a row says of one provider.', simpleResolvers: true })
export class ComparedValue {
  @Field(() => ID, { description: 'Id of the provider.' })
  provider: string;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'In the unit of the row; null: not known (see `reason`), or a text.',
  })
  value: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of rows that are words: regions, models. Null: not known, or a number.',
  })
  text: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How many samples stand behind it; null: it is not made of samples.',
  })
  samples: string | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'As of when; null: as of the answer, or not known.' })
  at: Date | null;

  @Field(() => String, { nullable: true, description: 'Why nothing is known; null where something is.' })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is never the best, whatever it says; null: it may be.' })
  caveat: string | null;
}

@ObjectType({ description: 'One figure or attribute of all providers that are compared.', simpleResolvers: true })
export class ComparisonRow {
  @Field(() => ID, {
    description: 'Of a metric its id, with `@<days>` behind it for a window; of others `<group>.<name>`.',
  })
  id: string;

  @Field(() => ComparisonGroup, { description: 'What it is about.' })
  group: ComparisonGroupName;

  @Field(() => String, { description: 'What people call it.' })
  title: string;

  @Field(() => String, {
    description: 'Unit of its values: as of metrics, or `gpus`, `text`; amounts are of one token, see `comparable`.',
  })
  unit: string;

  @Field(() => String, { description: 'What it tells, and over what time.' })
  definition: string;

  @Field(() => String, {
    nullable: true,
    description: 'What is left out of it, or is in it besides; null: nothing is to be said.',
  })
  caveats: string | null;

  @Field(() => Better, {
    nullable: true,
    description: 'Which way is good; null: neither, as with totals, which grow with the size of a provider.',
  })
  better: BetterName | null;

  @Field(() => [ComparedValue], { description: 'One for each provider, in the order in which they were given.' })
  values: readonly ComparedValue[];

  @Field(() => Boolean, {
    description:
      'Whether its values can be held against each other: false for amounts of different tokens, or prices of different things.',
  })
  comparable: boolean;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Providers with the best value, several where they are equal, among those of which it is known; null: fewer than two are, all of those are equal, neither way is good, or they do not compare.',
  })
  best: readonly string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether any two known values differ; null: none do, and of some provider it is not known.',
  })
  differ: boolean | null;
}
