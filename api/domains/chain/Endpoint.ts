import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';

@ObjectType({ description: 'How an RPC endpoint does, counted since its indexer started.', simpleResolvers: true })
export class Endpoint {
  @Field(() => String, { description: 'Origin of its URL, without path, query and user.' })
  name: string;

  @Field(() => String, { description: 'sync, head, fallback, or any.' })
  role: string;

  @Field(() => String, { description: 'usable, resting after failures, or setAside because its answers were wrong.' })
  state: string;

  @Field(() => BigIntScalar, { description: 'Requests sent.' })
  requests: number;

  @Field(() => BigIntScalar, { description: 'JSON-RPC calls in them.' })
  calls: number;

  @Field(() => BigIntScalar, { description: 'Bytes of its answers.' })
  bytes: number;

  @Field(() => BigIntScalar, { description: 'Requests that came to no answer.' })
  failures: number;

  @Field(() => BigIntScalar, { description: 'Answers that were found wrong.' })
  faults: number;

  @Field(() => String, { nullable: true, description: 'What was wrong last, as one word.' })
  faultReason: string | null;

  @Field(() => String, { nullable: true, description: 'What was wrong last, in full.' })
  faultDetail: string | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'When an answer was last found wrong.' })
  faultAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Moving average of the time to an answer, in milliseconds.' })
  latencyMs: number | null;

  @Field(() => Int, { nullable: true, description: 'Learned requests per second that it takes.' })
  rateLimit: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Newest block it named.' })
  headNumber: number | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'Until when it is not asked.' })
  setAsideUntil: Date | null;

  @Field(() => TimestampScalar, { description: 'When the indexer last noted this.' })
  updatedAt: Date;
}
