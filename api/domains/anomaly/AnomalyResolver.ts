import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { Anomaly } from './Anomaly.js';
import type { AnomalyRow } from './anomalyQueries.js';

@Resolver(() => Anomaly)
export class AnomalyResolver {
  @FieldResolver(() => Network, { description: 'The network it happened on.' })
  network(@Root() anomaly: AnomalyRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(anomaly.networkId);
  }

  @FieldResolver(() => Token, { nullable: true, description: 'The token of its amounts.' })
  async token(@Root() anomaly: AnomalyRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return anomaly.tokenId === null ? null : context.loaders.token.load(anomaly.tokenId);
  }
}
