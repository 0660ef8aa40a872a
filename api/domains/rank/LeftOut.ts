import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type LeftOutGroup, type ReasonCode, reasons } from '../../../schema/metrics/formulas/rank/reasons.js';
import { createEnum } from '../../list/createEnum.js';

export const LeftOutReasonCode = createEnum<ReasonCode>({
  name: 'LeftOutReasonCode',
  description: 'Why a provider is not ranked.',
  values: Object.fromEntries(Object.entries(reasons).map(([code, { meaning }]) => [code, meaning])) as Record<
    ReasonCode,
    string
  >,
});

export const LeftOutGroupName = createEnum<LeftOutGroup>({
  name: 'LeftOutGroup',
  description: 'What becomes of providers that are not ranked; who belongs to several stands in the first of these.',
  values: {
    excluded: 'It does not suit.',
    offline: 'It would suit, and is not there.',
    notEnoughData: 'Nobody can tell whether it suits, or what it would cost.',
  },
});

@ObjectType({ description: 'A reason in its case.', simpleResolvers: true })
export class LeftOutReason {
  @Field(() => LeftOutReasonCode, { description: 'For machines.' })
  code: ReasonCode;

  @Field(() => String, { description: 'For people.' })
  sentence: string;

  @Field(() => String, { nullable: true, description: 'What was wanted; null where the code says it.' })
  expected: string | null;

  @Field(() => String, { nullable: true, description: 'What there is; null: nothing is known, or the code says it.' })
  got: string | null;
}

@ObjectType({ description: 'A provider that is not ranked, and why.', simpleResolvers: true })
export class LeftOutProvider {
  @Field(() => ID, { description: 'Id of the provider.' })
  id: string;

  @Field(() => LeftOutGroupName, { description: 'Where it stands.' })
  group: LeftOutGroup;

  @Field(() => [LeftOutReason], { description: 'All that speaks against it, as far as it is known; one at least.' })
  reasons: readonly LeftOutReason[];
}

@ObjectType({ description: 'How many providers have a reason.', simpleResolvers: true })
export class ReasonCount {
  @Field(() => LeftOutReasonCode, { description: 'The reason.' })
  code: ReasonCode;

  @Field(() => LeftOutGroupName, { description: 'Where it takes those that have no graver one.' })
  group: LeftOutGroup;

  @Field(() => Int, { description: 'Providers that have it, beside others maybe.' })
  providers: number;
}
