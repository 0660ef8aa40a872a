import type { AppLoadContext } from '@remix-run/node';
import { toClean } from '../format.js';
import { toEarnedDays } from '../toEarnings.js';
import { toLeavingDowntime } from '../toLeavingDowntime.js';
import { ask, askWithSource } from './ask.js';
import { findExplanation } from './findExplanation.js';
import { namedProvidersQuery, namedQuery, ownedQuery, ownPastQuery, providersByIdQuery } from './operatorQueries.js';
import { withShortName } from './shorten.js';

/** So many providers of one operator are told of on a page. */
const MOST = 20;
/** Of so many what moved their scores: each takes statements of its own. */
const MOST_EXPLAINED = 6;

const ADDRESS = /^0x[0-9a-f]{40}$/i;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** All providers that an account owns or is, on all networks, then those that act as one with one of them. */
export async function findOperator(context: AppLoadContext, address: string, page: number) {
  const natives = [address.toLowerCase(), address];
  const variables = { owner: address, natives, first: MOST + 1, skip: (page - 1) * MOST };
  const { data, source } = await askWithSource(context, ownedQuery, variables);
  const owned = data.providers;
  const isOwn = ({ owner, nativeId }: { readonly owner: string | null; readonly nativeId: string }) =>
    owner?.toLowerCase() === address.toLowerCase() || natives.includes(nativeId);
  const ids = new Set(owned.map(({ id }) => id));
  const members = owned.flatMap(({ operator }) => operator?.members.map(({ provider }) => provider.id) ?? []);
  const others = [...new Set(members)].filter((id) => !ids.has(id)).slice(0, MOST);
  const { providers: linked } =
    others.length > 0 ? await ask(context, providersByIdQuery, { ids: others, first: MOST }) : { providers: [] };
  const all = [
    ...owned.slice(0, MOST).map((one) => ({ ...one, isOwned: true })),
    // Those that are its own stand on another page.
    ...linked.filter((one) => !isOwn(one)).map((one) => ({ ...one, isOwned: false })),
  ];
  const providers = await Promise.all(
    all.map(async ({ uptimeByDay, operator, ...provider }, index) => {
      const explained = index < MOST_EXPLAINED ? await findOwnPast(context, provider) : null;
      const downtime = provider.score ? toLeavingDowntime(uptimeByDay, provider.score.at) : [];
      return { ...withShortName(provider), past: explained, downtime };
    }),
  );
  return {
    providers,
    page,
    pageSize: MOST,
    ownCount: Math.min(owned.length, MOST),
    hasMore: owned.length > MOST,
    source,
  };
}

type Own = Parameters<typeof withShortName>[0] & {
  readonly id: string;
  readonly network: { readonly recorded: boolean };
  readonly scoreHistory: readonly { readonly at: string; readonly score: string | null }[];
};

async function findOwnPast(context: AppLoadContext, { id, network, scoreHistory }: Own) {
  const [{ paid, paidUsd, outages }, explanation] = await Promise.all([
    ask(context, ownPastQuery, { id }),
    findExplanation(context, { provider: id, scores: network.recorded ? [] : scoreHistory }),
  ]);
  return { explanation, outages, earned: toEarnedDays(paid?.points ?? [], paidUsd?.points ?? [], []) };
}

/** Providers that bear exactly a name, by the search of the API: no other registry of names is asked. */
export async function findByName(context: AppLoadContext, name: string) {
  const { search } = await ask(context, namedQuery, { name: name.slice(0, 256) });
  const ids = search.filter(({ kind, exactness }) => kind === 'provider' && exactness === 'exact').map(({ id }) => id);
  if (ids.length === 0) return [];
  const { providers } = await ask(context, namedProvidersQuery, { ids });
  return providers.map((provider) => {
    const account = provider.owner ?? provider.nativeId;
    return {
      ...withShortName(provider),
      network: { id: provider.network.id, title: toClean(provider.network.title, 80) },
      account: isAddress(account) ? account : null,
    };
  });
}
