import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { UserError } from '../../../schema/lib/errors.js';
import type { ScoreChange } from '../../../schema/metrics/formulas/score/explainChange.js';
import type { Context } from '../../createContext.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { TimestampScalar } from '../../scalars.js';
import { findScorePair } from './explanationQueries.js';
import { ScoreCause, ScoreExplanation } from './ScoreExplanation.js';

@ArgsType()
class ExplanationArgs {
  @Field(() => ID, { description: 'A provider: `<network>:<native id>`.' })
  provider: string;

  @Field(() => TimestampScalar, { description: 'The earlier score is the last one that is kept up to then.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'The later one likewise; at most 366 days after `from`.' })
  to: Date;
}

type Explained = ScoreExplanation & { readonly causes: readonly ScoreCause[] };

@Resolver(() => ScoreExplanation)
export class ScoreExplanationResolver {
  @Query(() => ScoreExplanation, {
    nullable: true,
    description:
      'Why the reputation of a provider is another one than it was. Scores are kept of each midnight (UTC) and of the last hour that is settled. Null: there was no score by then; an error where this server explains none.',
  })
  async scoreExplanation(
    @Args(() => ExplanationArgs) { provider, from, to }: ExplanationArgs,
    @Ctx() context: Context,
  ): Promise<Explained | null> {
    assertTimes(from, to);
    const { explainScore: explain } = context;
    if (!explain) {
      throw new UserError(
        'Expected a server that explains scores, but this one was started without: run computescan score <provider> --explain <block>, or serve with computescan up or computescan api.',
      );
    }
    const providerId = parseId(provider);
    const pair = await findScorePair(context.database, { providerId, from: toHour(from), to: toHour(to) });
    if (!pair || pair.from === null || pair.to === null) return null;
    return toExplained(await explain({ networkId: pair.networkId, providerId, from: pair.from, to: pair.to }));
  }

  @FieldResolver(() => [ScoreCause], { description: 'What moved it, the heaviest first.' })
  causes(
    @Root() { causes }: Explained,
    @Arg('first', () => Int, { defaultValue: 30, description: 'How many at most, from 1 to 1,000.' }) first: number,
  ): readonly ScoreCause[] {
    assertFirst(first);
    return causes.slice(0, first);
  }
}

const MAX_DAYS = 366;

function assertTimes(from: Date, to: Date): void {
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (days >= 0 && days <= MAX_DAYS) return;
  throw new UserError(
    `Expected \`to\` to be from 0 to ${MAX_DAYS} days after \`from\`, got ${from.toISOString()} and ${to.toISOString()}.`,
  );
}

function toHour(time: Date): number {
  return Math.floor(time.getTime() / 3_600_000);
}

function toExplained({ from, to, before, after, points, components, causes }: ScoreChange): Explained {
  return {
    ...{ from: new Date(from * 1_000), to: new Date(to * 1_000), before, after, points },
    parts: components,
    causeCount: causes.length,
    causes: causes
      .map(({ at, evidenceIds, ...cause }) => ({
        ...cause,
        at: at === null ? null : new Date(at * 1_000),
        evidence: evidenceIds,
      }))
      .sort((one, other) => Math.abs(Number(other.points)) - Math.abs(Number(one.points))),
  };
}
