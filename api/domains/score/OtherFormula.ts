import { Field, ID, ObjectType } from 'type-graphql';
import { createEnum } from '../../list/createEnum.js';

export const OtherFormulaUnit = createEnum({
  name: 'OtherFormulaUnit',
  description: 'What a figure of others is counted in.',
  values: {
    points: 'Points that have no upper end.',
    ratio: 'From 0 to 1.',
    deviations: 'Standard deviations from the mean of the network.',
  },
});

@ObjectType({ description: 'Something that a formula was given.', simpleResolvers: true })
export class FormulaInput {
  @Field(() => String, { description: 'What it is.' })
  name: string;

  @Field(() => String, { description: 'How much: a whole number or a decimal of up to six places.' })
  value: string;
}

@ObjectType({
  description: 'What somebody else’s formula shows of a history that is recorded here.',
  simpleResolvers: true,
})
export class OtherFormula {
  @Field(() => ID, { description: 'Such as `golem.score`.' })
  id: string;

  @Field(() => String, { description: 'Whose it is, and of what.' })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'The figure as a decimal; null: not computable from what is recorded, see `reason`.',
  })
  value: string | null;

  @Field(() => OtherFormulaUnit, { description: 'What it is counted in.' })
  unit: keyof typeof OtherFormulaUnit;

  @Field(() => String, { nullable: true, description: 'What follows from it there; null: nothing, or there is none.' })
  verdict: string | null;

  @Field(() => String, { nullable: true, description: 'Why there is no figure; null where there is one.' })
  reason: string | null;

  @Field(() => [FormulaInput], { description: 'What the formula was given; empty where there is no figure.' })
  inputs: readonly FormulaInput[];

  @Field(() => String, { nullable: true, description: 'What stands in for an input that is theirs alone.' })
  assumes: string | null;

  @Field(() => String, { description: 'What it does not look at, in a sentence.' })
  note: string;

  @Field(() => String, { description: 'Where the formula is written down.' })
  source: string;

  @Field(() => ID, { description: 'The metric here that answers the same question.' })
  ours: string;
}
