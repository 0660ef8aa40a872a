import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { catalogue } from '../../../schema/metrics/catalogue.js';
import type { Context } from '../../createContext.js';
import type { Database } from '../../database/createDatabase.js';
import { assertRange } from '../../list/limits.js';
import { parseSearch, type SearchText } from './parseSearch.js';
import { type Exactness, SearchHit } from './SearchHit.js';
import * as queries from './searchQueries.js';
import { exactnessOf, toBlockHit, toEventHit, toHardwareHit, toHit, toTransactionHit } from './toHit.js';

@Resolver(() => SearchHit)
export class SearchResolver {
  @Query(() => [SearchHit], {
    description:
      'What somebody typed: an address or its beginning (`0x` and four digits), a transaction, a block by number or hash, an event, a job, a task, a provider by any part of its name, a network, a GPU, a metric. Exact ones first. As of now.',
  })
  async search(
    @Arg('text', () => String, { description: 'At most 256 characters, in any letter case.' }) typed: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, from 1 to 100.' }) first: number,
    @Ctx() { database }: Context,
  ): Promise<readonly SearchHit[]> {
    assertRange('first', first, { min: 1, max: MAX_FIRST });
    const text = parseSearch(typed);
    if (!text) return [];
    const lists = await Promise.all(listSearches(database, text, first).map((search) => search()));
    // Within one of the three, in the order of the searches.
    return exactnessOf
      .flatMap((exactness) => lists.flat().filter((hit) => hit.exactness === exactness))
      .slice(0, first);
  }
}

const MAX_FIRST = 100;

type Search = () => Promise<readonly SearchHit[]>;

/** In the order in which people want to see them. What the text cannot be is not asked for. */
function listSearches(database: Database, text: SearchText, first: number): readonly Search[] {
  const { place, hash, height, isAddress } = text;
  const mayBeId = !text.text.includes(' ');
  const find = (kind: Parameters<typeof toHit>[0], by: typeof queries.findProviders) => async () =>
    (await by(database, text, first)).map((row) => toHit(kind, row));
  return [
    find('network', queries.findNetworks),
    find('provider', queries.findProviders),
    () => findHardware(database, text, first),
    async () => findMetrics(text),
    ...(mayBeId
      ? [find('job', queries.findJobs), find('task', queries.findTasks), find('node', queries.findNodes)]
      : []),
    ...(isAddress ? [find('buyer', queries.findBuyers)] : []),
    ...(hash
      ? [async () => (await queries.findTransactions(database, hash)).map((row) => toTransactionHit(hash, row))]
      : []),
    ...(hash || height ? [async () => (await queries.findBlocks(database, text)).map(toBlockHit)] : []),
    ...(place ? [async () => (await queries.findEvents(database, place)).map((row) => toEventHit(place, row))] : []),
  ];
}

async function findHardware(database: Database, text: SearchText, first: number): Promise<readonly SearchHit[]> {
  const said = matchGpu(text.text).model?.id;
  const models = gpuCatalogue.models.flatMap(({ id, name, aliases }) => {
    const exactness = id === said ? 'exact' : findExactness(text, [id, name.toLowerCase(), ...aliases]);
    return exactness ? [{ id, name, exactness }] : [];
  });
  if (models.length === 0) return [];
  const rows = await queries.findHardware(
    database,
    models.map(({ id }) => id),
    first,
  );
  const byId = new Map(models.map((model) => [model.id, model]));
  return rows.flatMap((row) => {
    const model = byId.get(row.model);
    return model ? [toHardwareHit(row, model)] : [];
  });
}

/** The catalogue is in memory. */
function findMetrics(text: SearchText): readonly SearchHit[] {
  return catalogue.flatMap(({ id, title }) => {
    const exactness = findExactness(text, [id.toLowerCase(), title.toLowerCase()]);
    return exactness ? [{ kind: 'metric', id, title, subtitle: null, path: `/metrics/${id}`, exactness }] : [];
  });
}

function findExactness({ text, contains }: SearchText, names: readonly string[]): Exactness | null {
  if (names.includes(text)) return 'exact';
  if (names.some((name) => name.startsWith(text))) return 'prefix';
  return contains !== null && names.some((name) => name.includes(text)) ? 'contains' : null;
}
