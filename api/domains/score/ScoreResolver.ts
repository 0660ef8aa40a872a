import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PublishedScore } from '../../../schema/metrics/formulas/score/listImprovements.js';
import { listImprovements } from '../../../schema/metrics/formulas/score/listImprovements.js';
import { METHOD_VERSION } from '../../../schema/metrics/formulas/score/scoreMethod.js';
import type { Context } from '../../createContext.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Score, ScoreStanding } from './Score.js';
import { ScoreImprovement } from './ScoreImprovement.js';
import type { ScoreRow } from './scoreQueries.js';

@Resolver(() => Score)
export class ScoreResolver {
  @FieldResolver(() => Provider, { nullable: true, description: 'Whose it is; null: of an operator of several.' })
  async provider(@Root() { kind, subjectId }: ScoreRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return kind === 'provider' ? context.loaders.provider.load(subjectId) : null;
  }

  @FieldResolver(() => ScoreStanding, {
    nullable: true,
    description:
      'Where it stands among scores of the network as of the same hour, of those whose evidence is not `none`; null: it has none itself, or no peers.',
  })
  async standing(
    @Root() { subjectKey, hour }: Pick<ScoreRow, 'subjectKey' | 'hour'>,
    @Ctx() context: Context,
  ): Promise<ScoreStanding | null> {
    const row = await context.loaders.standingOfScore.load({ subjectKey, hour });
    if (!row || row.peers === 0) return null;
    const { peers, below, equal } = row;
    return { percentile: (100 * (below + equal / 2)) / peers, peers, below, equal };
  }

  @FieldResolver(() => [ScoreImprovement], {
    description:
      'What would raise it, what gives most first. Empty of a score by another version of the method, and of one whose parts are not kept.',
  })
  improvements(@Root() { parts, detail, evidenceWeight, methodVersion }: ScoreRow): readonly ScoreImprovement[] {
    if (methodVersion !== METHOD_VERSION || !Array.isArray(detail.components)) return [];
    const values = new Map(parts.map(({ name, value }) => [name, value]));
    // As the roller wrote them: `detail` has no value of its own.
    const kept = detail.components as readonly Omit<PublishedScore['components'][number], 'value'>[];
    const components = kept.flatMap((component) => {
      const value = values.get(component.name);
      return value ? [{ ...component, value }] : [];
    });
    return listImprovements({ components, evidenceWeight });
  }
}
