import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { toUsd } from '../usd/toUsd.js';
import { Usd } from '../usd/Usd.js';
import { Payout } from './Payout.js';
import type { PayoutRow } from './payoutQueries.js';

@Resolver(() => Payout)
export class PayoutResolver {
  @FieldResolver(() => Network, { description: 'The network it was paid on.' })
  network(@Root() payout: PayoutRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(payout.networkId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'The provider whose work it pays.' })
  async provider(@Root() payout: PayoutRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return payout.providerId === null ? null : context.loaders.provider.load(payout.providerId);
  }

  @FieldResolver(() => Job, { nullable: true, description: 'The job it is for.' })
  async job(@Root() payout: PayoutRow, @Ctx() context: Context): Promise<JobRow | null> {
    return payout.jobId === null ? null : context.loaders.job.load(payout.jobId);
  }

  @FieldResolver(() => Token, { description: 'The token it was paid in.' })
  token(@Root() payout: PayoutRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return context.loaders.token.load(payout.tokenId);
  }

  @FieldResolver(() => Usd, { description: 'What it was worth when it was paid.' })
  usd(@Root() payout: PayoutRow, @Ctx() context: Context): Promise<Usd> {
    return toUsd(context, { tokenId: payout.tokenId, baseUnits: BigInt(payout.amount), place: payout });
  }
}
