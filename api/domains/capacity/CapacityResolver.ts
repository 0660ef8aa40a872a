import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { listOnline } from '../rank/listOnline.js';
import { Capacity } from './Capacity.js';
import { toCapacities } from './toCapacities.js';

@Resolver(() => Provider)
export class CapacityResolver {
  @FieldResolver(() => [Capacity], {
    description:
      'What it has on offer by the kind of its GPUs, and how much of it is there and free now; empty where its protocol names no machines.',
  })
  async capacity(@Root() provider: ProviderRow, @Ctx() context: Context): Promise<readonly Capacity[]> {
    const found = await context.loaders.machinesOfProvider.load(provider.id);
    if (!found) return [];
    // Nobody knows who was at work in the past: it is told of the head alone.
    const machines = context.asOf ? found.machines.map((row) => ({ ...row, busy: null })) : found.machines;
    return toCapacities(machines, await listOnline(context, { records: [], machines }));
  }
}
