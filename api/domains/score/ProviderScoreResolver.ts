import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertRange } from '../../list/limits.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Score } from './Score.js';

@Resolver(() => Provider)
export class ProviderScoreResolver {
  @FieldResolver(() => Score, {
    nullable: true,
    description: 'Its reputation at the last hour that is settled; null before the first.',
  })
  async score(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<Score | null> {
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
  ): Promise<readonly Score[]> {
    assertRange('first', first, { min: 1, max: MAX_SCORES });
    return context.loaders.scoresOfProvider.load({ parent: provider.id, first });
  }
}

const MAX_SCORES = 366;
