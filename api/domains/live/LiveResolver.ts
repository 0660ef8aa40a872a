import { Args, ArgsType, Field, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Grain, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import { BigIntScalar, BytesScalar } from '../../scalars.js';
import { MetricGrain, MetricSubjectKind } from '../metric/Metric.js';
import { BlockUpdate } from './BlockUpdate.js';
import { JobUpdate } from './JobUpdate.js';
import { MetricUpdate } from './MetricUpdate.js';
import { ProviderUpdate } from './ProviderUpdate.js';

/** Of all subscriptions. */
@ArgsType()
class AfterArgs {
  @Field(() => String, {
    nullable: true,
    description: 'A cursor of this subscription: first comes what has changed since, once, as it stands now.',
  })
  after?: string | null;
}

@ArgsType()
class JobUpdatedArgs extends AfterArgs {
  @Field(() => ID, { nullable: true, description: 'One job.' })
  id?: string | null;

  @Field(() => ID, { nullable: true, description: 'All jobs of a network.' })
  network?: string | null;

  @Field(() => ID, { nullable: true, description: 'All jobs that a provider does or did.' })
  provider?: string | null;

  @Field(() => BytesScalar, { nullable: true, description: 'All jobs that an address ordered.' })
  buyer?: string | null;
}

@ArgsType()
class ProviderUpdatedArgs extends AfterArgs {
  @Field(() => ID, { nullable: true, description: 'One provider.' })
  id?: string | null;

  @Field(() => ID, { nullable: true, description: 'All providers of a network.' })
  network?: string | null;
}

@ArgsType()
class BlockIndexedArgs extends AfterArgs {
  @Field(() => BigIntScalar, { nullable: true, description: 'One chain, by its id.' })
  chain?: string | null;

  @Field(() => ID, { nullable: true, description: 'The chain of a network.' })
  network?: string | null;
}

@ArgsType()
class MetricUpdatedArgs extends AfterArgs {
  @Field(() => ID, { description: 'A metric of the catalogue, such as `jobs.success`.' })
  metric: string;

  @Field(() => ID, { nullable: true, description: 'Whom or what it is about: see `MetricSubjectKind`.' })
  subject?: string | null;

  @Field(() => ID, { nullable: true, description: 'A network as the subject, in place of `subject`.' })
  network?: string | null;

  @Field(() => MetricSubjectKind, {
    nullable: true,
    description: 'Where a node and its provider have one id; otherwise the first kind of the metric that has it.',
  })
  kind?: SubjectKind | null;

  @Field(() => MetricGrain, { defaultValue: 'hour', description: 'How long the buckets are: hour or day.' })
  grain: Grain;
}

/** Nobody publishes: the hub (api/live) executes one message after the other. */
const topics = 'hub';

@Resolver()
export class LiveResolver {
  @Subscription(() => JobUpdate, {
    topics,
    description: 'Jobs to which something has happened; one of the arguments says which, and without any all.',
  })
  jobUpdated(@Root() update: JobUpdate, @Args(() => JobUpdatedArgs) _: JobUpdatedArgs): JobUpdate {
    return update;
  }

  @Subscription(() => ProviderUpdate, {
    topics,
    description: 'Providers to which something has happened; one of the arguments says which, and without any all.',
  })
  providerUpdated(
    @Root() update: ProviderUpdate,
    @Args(() => ProviderUpdatedArgs) _: ProviderUpdatedArgs,
  ): ProviderUpdate {
    return update;
  }

  @Subscription(() => BlockUpdate, {
    topics,
    description: 'Blocks that were written or taken back; of one chain where an argument says which.',
  })
  blockIndexed(@Root() update: BlockUpdate, @Args(() => BlockIndexedArgs) _: BlockIndexedArgs): BlockUpdate {
    return update;
  }

  @Subscription(() => MetricUpdate, {
    topics,
    description: 'A figure of one subject, whenever a bucket of it is new or has changed.',
  })
  metricUpdated(@Root() update: MetricUpdate, @Args(() => MetricUpdatedArgs) _: MetricUpdatedArgs): MetricUpdate {
    return update;
  }
}
