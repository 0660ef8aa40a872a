import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertRange } from '../../list/limits.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { applyOtherFormulas } from './applyOtherFormulas.js';
import { Operator } from './Operator.js';
import { OtherFormula } from './OtherFormula.js';
import type { OperatorRow } from './operatorQueries.js';
import { MAX_SCORES, Score } from './Score.js';
import type { ScoreRow } from './scoreQueries.js';

@Resolver(() => Provider)
export class ProviderScoreResolver {
  @FieldResolver(() => Score, {
    nullable: true,
    description: 'Its reputation at the last hour that is settled; null before the first.',
  })
  async score(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<ScoreRow | null> {
    const [latest] = await context.loaders.scoresOfProvider.load({ parent: provider.id, first: 1 });
    return latest ?? null;
  }

  @FieldResolver(() => [Score], {
    description: 'Its reputation at the end of each UTC day and at the last hour that is settled, newest first.',
  })
  scoreHistory(
    @Root() provider: ProviderRow,
    @Arg('first', () => Int, { defaultValue: 31, description: 'How many at most, from 1 to 366.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly ScoreRow[]> {
    assertRange('first', first, { min: 1, max: MAX_SCORES });
    return context.loaders.scoresOfProvider.load({ parent: provider.id, first });
  }

  @FieldResolver(() => Operator, {
    nullable: true,
    description:
      'Whom it acts as one with, by accounts that are its own and another one’s, as of the last hour that is settled; null: it stands alone, or nobody has looked yet. Known of now only: as of the past it is null.',
  })
  async operator(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<OperatorRow | null> {
    return (await context.loaders.operatorOfProvider.load(provider.id))?.operator ?? null;
  }

  @FieldResolver(() => [OtherFormula], {
    description:
      'What formulas of others would show of the same history, as of the block up to which figures are rolled; empty before the first.',
  })
  async otherFormulas(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<OtherFormula[]> {
    const [own, network] = await Promise.all([
      context.loaders.historyOfProvider.load(provider.id),
      context.loaders.crowdOfNetwork.load(provider.networkId),
    ]);
    return own && network ? applyOtherFormulas({ ...own, network }) : [];
  }
}
