import type { AppLoadContext } from '@remix-run/node';
import { toClean } from '../format.js';
import { toLocalPath } from '../theme.js';
import { ask } from './ask.js';
import { searchQuery } from './searchQueries.js';

/** What was found, for a page: others' words cleaned, networks by their titles, blocks with where people look them up. */
export async function findHits(context: AppLoadContext, text: string, first: number) {
  const { search, networks, _meta: meta } = await ask(context, searchQuery, { text, first });
  const titles = new Map(networks.map(({ id, title }) => [id, toClean(title, 60)]));
  const explorers = new Map(meta?.chains.map(({ id, explorer }) => [id, explorer]));
  return search.map(({ kind, id, title, subtitle, path, exactness }) => {
    const [network = '', ...rest] = subtitle?.split(' · ') ?? [];
    const [chain = '', height = ''] = kind === 'block' ? id.split('-') : [];
    const explorer = explorers.get(chain);
    return {
      ...{ kind, id, exactness, title: toClean(title, 80) },
      /** Where it belongs: a network, or of a block its chain. */
      place: titles.get(network) ?? toClean(network, 60),
      detail: toClean(rest.join(' · '), 80),
      path: path === null ? null : toLocalPath(path),
      address: explorer ? `${explorer}/block/${height}` : null,
    };
  });
}

export type Hit = Awaited<ReturnType<typeof findHits>>[number];
