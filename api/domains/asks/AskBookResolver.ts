import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { parseId } from '../../list/parseId.js';
import { getHardwareClass } from '../gpu/getHardwareClass.js';
import { loadCandidates } from '../rank/loadCandidates.js';
import { listMarkets } from '../rank/rankQueries.js';
import { AskBook } from './AskBook.js';
import { toAskBook } from './toAskBook.js';

@Resolver()
export class AskBookResolver {
  @Query(() => AskBook, {
    nullable: true,
    description:
      'What is asked for a GPU-hour now, as a distribution over all machines of a network that are there (docs/questions.md). Null: no such network.',
  })
  async askBook(
    @Arg('network', () => ID, { description: 'Id of a network.' }) network: string,
    @Arg('hardware', () => String, {
      nullable: true,
      description:
        'Of machines of this class: a model of `gpuCatalogue`, by its id or as people write it, or `unknown`.',
    })
    hardware: string | null,
    @Ctx() context: Context,
  ): Promise<AskBook | null> {
    const wanted = hardware ? getHardwareClass(hardware) : null;
    const markets = await listMarkets(context.database, [parseId(network)]);
    if (markets.length === 0) return null;
    return toAskBook(await loadCandidates(context, markets, null), wanted);
  }
}
