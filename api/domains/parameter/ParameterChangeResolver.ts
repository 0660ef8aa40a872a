import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { ParameterChange } from './ParameterChange.js';
import type { ParameterChangeRow } from './parameterChangeQueries.js';

@Resolver(() => ParameterChange)
export class ParameterChangeResolver {
  @FieldResolver(() => Network, { description: 'The network whose rule it is.' })
  network(@Root() change: ParameterChangeRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(change.networkId);
  }
}
