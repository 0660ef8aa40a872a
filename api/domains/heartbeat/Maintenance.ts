import { Field, ID, ObjectType } from 'type-graphql';
import { BytesScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({
  description:
    'Maintenance of a node, announced a day ahead or more: it is left out of `uptimeSla`, and shown all the same.',
  simpleResolvers: true,
})
export class Maintenance {
  @Field(() => ID, { description: 'The node; the provider, where its protocol names no machines.' })
  node: string;

  @Field(() => TimestampScalar, { description: 'Its begin.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Its end.' })
  to: Date;

  @Field(() => TimestampScalar, { description: 'When it was announced.' })
  announcedAt: Date;

  @Field(() => BytesScalar, { description: 'Who signed the notice.' })
  account: string;
}
