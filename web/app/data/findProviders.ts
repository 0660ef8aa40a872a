import type { AppLoadContext } from '@remix-run/node';
import { providerSortKeys } from '../components/ProviderTable.js';
import { parseId, readNetwork, readPage, readSorting, splitWindow, toWindow } from '../listState.js';
import { readWorkload } from '../readWorkload.js';
import { askWithSource } from './ask.js';
import { providersQuery } from './buyerQueries.js';
import { listRegions } from './findRanking.js';
import { withShortName } from './shorten.js';

/** Keys whose values are in a network's own token: comparable inside one network only. */
const TOKEN_KEYS: readonly string[] = ['latestPrice', 'stake', 'paid'];

/** The list of all providers that the address asks for, and what the form above it offers. */
export async function findProviders(context: AppLoadContext, params: URLSearchParams) {
  const sorting = readSorting(params, providerSortKeys, { key: 'jobs', direction: 'desc' });
  const page = readPage(params);
  const network = readNetwork(params);
  const gpu = parseId(params.get('gpu'))?.toLowerCase();
  const variables = {
    ...toWindow(page),
    orderBy: sorting.key,
    orderDirection: sorting.direction,
    where: { ...(network ? { network } : {}), ...(gpu ? { gpu } : {}) },
  };
  const { data, source } = await askWithSource(context, providersQuery, variables);
  const { networks, gpuCatalogue, providers } = data;
  const models = gpuCatalogue.models;
  const isMixed = !network && networks.length > 1 && TOKEN_KEYS.includes(sorting.key);
  return {
    ...{ networks, models, network, regions: listRegions(networks, network) },
    read: readWorkload(params, { models: models.map(({ id }) => id), network }),
    list: { ...splitWindow(providers.map(withShortName), page), page, sorting, gpu, isMixed },
    question: source,
  };
}
