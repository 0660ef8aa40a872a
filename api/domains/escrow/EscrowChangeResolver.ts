import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { Job } from '../job/Job.js';
import type { JobRow } from '../job/jobQueries.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { Token } from '../token/Token.js';
import type { TokenRow } from '../token/tokenQueries.js';
import { toUsd } from '../usd/toUsd.js';
import { Usd } from '../usd/Usd.js';
import { EscrowChange } from './EscrowChange.js';
import type { EscrowChangeRow } from './escrowChangeQueries.js';

@Resolver(() => EscrowChange)
export class EscrowChangeResolver {
  @FieldResolver(() => Network, { description: 'The network it happened on.' })
  network(@Root() change: EscrowChangeRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(change.networkId);
  }

  @FieldResolver(() => Job, { nullable: true, description: 'The job whose deposit it is, where it is of one.' })
  async job(@Root() change: EscrowChangeRow, @Ctx() context: Context): Promise<JobRow | null> {
    return change.jobId === null ? null : context.loaders.job.load(change.jobId);
  }

  @FieldResolver(() => Token, { description: 'The token that moved.' })
  token(@Root() change: EscrowChangeRow, @Ctx() context: Context): Promise<TokenRow | null> {
    return context.loaders.token.load(change.tokenId);
  }

  @FieldResolver(() => Usd, { description: 'What its amount was worth when it moved.' })
  usd(@Root() change: EscrowChangeRow, @Ctx() context: Context): Promise<Usd> {
    return toUsd(context, { tokenId: change.tokenId, baseUnits: BigInt(change.amount), place: change });
  }
}
