import { Field, ID, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';
import type { PriceRow } from '../token/Price.js';

export interface QuoteRow extends PriceRow {
  readonly basis: string;
  readonly resource: string | null;
}

@ObjectType({ description: 'A price that a log names, and since when it holds.', simpleResolvers: true })
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

  @Field(() => TimestampScalar, { description: 'Time of its block.' })
  at: Date;

  @Field(() => BigIntScalar, { description: 'Height of its block.' })
  height: number;
}
