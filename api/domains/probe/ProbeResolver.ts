import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Probe } from './Probe.js';
import { listProbes, type ProbeRow } from './probeQueries.js';

@Resolver(() => Probe)
export class ProbeResolver {
  @Query(() => [Probe], { description: 'What is asked for off chain, by network; empty where nothing is.' })
  probes(@Ctx() context: Context): Promise<readonly ProbeRow[]> {
    return listProbes(context.database);
  }

  @FieldResolver(() => Network, { description: 'The network that is asked about.' })
  network(@Root() probe: ProbeRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(probe.networkId);
  }
}
