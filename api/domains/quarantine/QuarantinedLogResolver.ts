import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { QuarantinedLog } from './QuarantinedLog.js';
import type { QuarantineRow } from './quarantineQueries.js';

@Resolver(() => QuarantinedLog)
export class QuarantinedLogResolver {
  @FieldResolver(() => Network, { description: 'The network whose contract it came from.' })
  network(@Root() log: QuarantineRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(log.networkId);
  }
}
