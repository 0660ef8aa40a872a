import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Attempt } from './Attempt.js';
import type { AttemptRow } from './taskQueries.js';

@Resolver(() => Attempt)
export class AttemptResolver {
  @FieldResolver(() => Provider, { nullable: true, description: 'The provider it was assigned to.' })
  async provider(@Root() attempt: AttemptRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return attempt.providerId === null ? null : context.loaders.provider.load(attempt.providerId);
  }
}
