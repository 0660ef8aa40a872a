import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { BigIntScalar } from '../../scalars.js';
import { Attribute, toAttributes } from '../attribute/Attribute.js';
import { Event } from '../event/Event.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Payout } from '../payout/Payout.js';
import type { PayoutRow } from '../payout/payoutQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Task } from '../task/Task.js';
import type { TaskRow } from '../task/taskQueries.js';
import { Price, type PriceRow } from '../token/Price.js';
import { Job } from './Job.js';
import { JobStep } from './JobStep.js';
import { type JobRow, toPlaceOfJob } from './jobQueries.js';

@Resolver(() => Job)
export class JobResolver {
  @Query(() => Job, { nullable: true, description: 'A job by id, or null.' })
  job(
    @Arg('id', () => ID, { description: '<network>:<native id>.' }) id: string,
    @Ctx() context: Context,
  ): Promise<JobRow | null> {
    return context.loaders.job.load(parseId(id));
  }

  @FieldResolver(() => Network, { description: 'The network it was agreed on.' })
  network(@Root() job: JobRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(job.networkId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'Who does the work; null while nobody does.' })
  async provider(@Root() job: JobRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return job.providerId === null ? null : context.loaders.provider.load(job.providerId);
  }

  @FieldResolver(() => Price, { nullable: true, description: 'What the buyer agreed to pay for one unit of the work.' })
  price(@Root() job: JobRow, @Ctx() context: Context): PriceRow | null | Promise<PriceRow | null> {
    // What was offered for anybody to take got its price when somebody took it.
    return toPrice(job, job.priceAmount) ?? context.loaders.settledPriceOfJob.load(job.id);
  }

  @FieldResolver(() => Price, {
    nullable: true,
    description: "The provider's own price in it; the rest is for others, such as the owner of an application.",
  })
  providerPrice(@Root() job: JobRow): PriceRow | null {
    return toPrice(job, job.providerPriceAmount);
  }

  @FieldResolver(() => [Attribute], { description: "What else was agreed, in the protocol's own words, by name." })
  attributes(@Root() job: JobRow): Attribute[] {
    return toAttributes(job.attributes);
  }

  @FieldResolver(() => BigIntScalar, {
    nullable: true,
    description: "Paid for the work so far, to all who took part, in base units of the network's work token.",
  })
  async paid(@Root() job: JobRow, @Ctx() context: Context): Promise<string | null> {
    return (await context.loaders.paidByJob.load(job.id))?.paid ?? null;
  }

  @FieldResolver(() => [Task], { description: 'What runs, by position.' })
  tasks(
    @Root() job: JobRow,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly TaskRow[]> {
    assertFirst(first);
    return context.loaders.tasksOfJob.load({ parent: job.id, first });
  }

  @FieldResolver(() => [JobStep], { description: 'What happened to it and to its tasks, oldest first.' })
  steps(
    @Root() job: JobRow,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly object[]> {
    assertFirst(first);
    return context.loaders.stepsOfJob.load({ parent: job.id, first });
  }

  @FieldResolver(() => [Payout], { description: 'Payouts for it, oldest first.' })
  payouts(
    @Root() job: JobRow,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly PayoutRow[]> {
    assertFirst(first);
    return context.loaders.payoutsOfJob.load({ parent: job.id, first });
  }

  @FieldResolver(() => [Event], { description: 'The logs that speak of it, oldest first.' })
  events(
    @Root() job: JobRow,
    @Arg('first', () => Int, { defaultValue: 200, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly object[]> {
    assertFirst(first);
    return context.loaders.eventsOfJob.load({ parent: job.id, first });
  }
}

function toPrice(job: JobRow, amount: string | null): PriceRow | null {
  if (amount === null || job.priceTokenId === null) return null;
  const { priceTokenId: tokenId, priceScale: scale } = job;
  return { amount, tokenId, unit: job.priceUnit ?? 'task', scale, place: toPlaceOfJob(job), gpuCount: null };
}
