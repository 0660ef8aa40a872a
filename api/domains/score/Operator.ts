import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AccountRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createEnum } from '../../list/createEnum.js';
import { TimestampScalar } from '../../scalars.js';

type Act = AccountRecord['reason'];

/** Stakers and payers tell whose jobs a provider's are, and link it to no other one. */
export type LinkReason = Exclude<Act, 'staker' | 'payer'>;

export const OperatorLinkReason = createEnum<LinkReason>({
  name: 'OperatorLinkReason',
  description: 'By which act of its own an account shows as that of a provider.',
  values: {
    self: 'The provider is the account.',
    owner: 'The account controls it.',
    recipient: 'It has its pay sent there.',
    delegate: 'The account signs its delegations of heartbeats.',
  },
});

@ObjectType({ description: 'An account of a provider that another member has as well.', simpleResolvers: true })
export class OperatorLink {
  @Field(() => String, { description: 'The account, in lower case.' })
  account: string;

  @Field(() => OperatorLinkReason, { description: 'By which act it is an account of this provider.' })
  reason: LinkReason;

  @Field(() => TimestampScalar, { description: 'Since when that shows.' })
  since: Date;
}

@ObjectType({ description: 'A provider that acts as one with others.', simpleResolvers: true })
export class OperatorMember {
  @Field(() => [OperatorLink], { description: 'What ties it to them: accounts that one of them has as well.' })
  links: readonly OperatorLink[];
}

@ObjectType({
  description: 'Two or more providers of a network that act as one, by accounts that are their own (docs/score.md).',
  simpleResolvers: true,
})
export class Operator {
  @Field(() => ID, { description: '`<network>:operator:<native id of one of them>`; figures of it bear this id.' })
  id: string;

  @Field(() => Int, { description: 'How many providers it is.' })
  memberCount: number;
}
