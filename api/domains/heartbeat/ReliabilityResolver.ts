import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { BigIntScalar, TimestampScalar } from '../../scalars.js';
import { BeatFlag } from './BeatFlag.js';
import { countOnline, isAnyOnline, listHeard, toLastBeat } from './heard.js';
import { Reliability } from './Reliability.js';
import type { ReadingRow } from './readingQueries.js';
import { toMean } from './slotCounts.js';
import { type ReliabilityAnswer, toFlags } from './toReliability.js';

/** What is heard now, and what nodes say of themselves: who does not ask for it does not pay for it. */
@Resolver(() => Reliability)
export class ReliabilityResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether it is there: silent after three known minutes without a beat, there again after two with one; of a provider, any of its ' +
      'nodes. Null: never heard, too little is known of late, or asked as of the past.',
  })
  async online(@Root() { subject }: ReliabilityAnswer, @Ctx() context: Context): Promise<boolean | null> {
    return isAnyOnline(await listHeard(subject, context));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many of its nodes are there; null while of none of them it is known, and of the past.',
  })
  async nodesOnline(@Root() { subject }: ReliabilityAnswer, @Ctx() context: Context): Promise<number | null> {
    return countOnline(await listHeard(subject, context));
  }

  @FieldResolver(() => TimestampScalar, {
    nullable: true,
    description:
      'Begin of the last minute of which a beat came, in time or late; null: none has, or asked as of the past.',
  })
  async lastBeat(@Root() { subject }: ReliabilityAnswer, @Ctx() context: Context): Promise<Date | null> {
    return toLastBeat(await listHeard(subject, context));
  }

  @FieldResolver(() => [BeatFlag], { description: 'What was odd from the begin of the window on, the latest first.' })
  async flags(@Root() { subject, window }: ReliabilityAnswer, @Ctx() context: Context): Promise<BeatFlag[]> {
    return toFlags(await context.loaders.flags.load({ ...subject, window }));
  }

  @FieldResolver(() => BigIntScalar, { description: 'Minutes whose beat came too late to count.' })
  async late(@Root() root: ReliabilityAnswer, @Ctx() context: Context): Promise<string> {
    return String((await readReadings(root, context))?.late ?? 0);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Mean round trip from the nodes to us in microseconds, as they measure it; null: none said.',
  })
  async rttMeanUs(@Root() root: ReliabilityAnswer, @Ctx() context: Context): Promise<number | null> {
    const readings = await readReadings(root, context);
    return readings ? toMean(readings.rttSumUs, readings.rttCount) : null;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'The longest of these round trips; null: none said.' })
  async rttMaxUs(@Root() root: ReliabilityAnswer, @Ctx() context: Context): Promise<number | null> {
    const readings = await readReadings(root, context);
    return readings && Number(readings.rttCount) > 0 ? readings.rttMaxUs : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How busy the GPUs, or the processors of machines without any, were in the mean, in thousandths, by their own word; ' +
      'null: none said.',
  })
  async utilMeanPermille(@Root() root: ReliabilityAnswer, @Ctx() context: Context): Promise<number | null> {
    const readings = await readReadings(root, context);
    return readings ? toMean(readings.utilSumPermille, readings.utilCount) : null;
  }
}

/** None where nothing was ever settled. */
async function readReadings(
  { subject, window }: ReliabilityAnswer,
  { loaders }: Context,
): Promise<ReadingRow | undefined> {
  const [row] = await loaders.readings.load({ ...subject, window });
  return row;
}
