import type { RouteConfigEntry } from '@remix-run/route-config';
import routes from '../../web/app/routes.js';

export interface EveryPage {
  /** Of a file: `providers`, `provider`, `provider-others`. */
  readonly name: string;
  readonly path: string;
}

/** Asks the API and resolves with what is under `data`. */
export type AskApi = (query: string) => Promise<unknown>;

interface Found {
  readonly network: string | undefined;
  readonly recorded: string | undefined;
  readonly providers: readonly string[];
  readonly node: string | undefined;
  readonly job: string | undefined;
  readonly operator: string | undefined;
}

/** What stands for `:id` after the noun that a path begins with. */
const ids: Readonly<Record<string, (found: Found) => string | undefined>> = {
  networks: ({ network }) => network,
  providers: ({ providers }) => providers[0],
  nodes: ({ node }) => node,
  jobs: ({ job }) => job,
  operators: ({ operator }) => operator,
  metrics: () => 'jobs.success',
  docs: () => 'graphql',
};

/** Pages that say little without a question. */
const questions: Readonly<Record<string, (found: Found) => string>> = {
  compare: ({ providers }) => (providers.length > 0 ? `?${new URLSearchParams({ ids: providers.join(',') })}` : ''),
  search: ({ job }) => `?${new URLSearchParams({ q: job?.split(':')[1]?.slice(0, 10) ?? 'devnet' })}`,
};

/**
 * Every page there is, once, with the rows of an instance where its path needs one; pages of nouns of which there is no row are left out.
 * Routes are read, so that a page cannot be forgotten: one with a parameter that nothing is known to stand for is an error.
 */
export async function listEveryPage(ask: AskApi): Promise<readonly EveryPage[]> {
  const found = await find(ask);
  const pages = (routes as readonly RouteConfigEntry[])
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap((route) => toPage(route, found));
  const { recorded } = found;
  return recorded ? [...pages, { name: 'providers-recorded', path: `/providers?network=${recorded}` }] : pages;
}

function toPage({ path = '', file }: RouteConfigEntry, found: Found): readonly EveryPage[] {
  const name = file.slice('routes/'.length, -'.tsx'.length);
  if (path === '*') return [{ name, path: '/nowhere' }];
  const [noun = '', ...rest] = path.split('/');
  const parameters = rest.filter((part) => part.startsWith(':') || part === '*');
  if (parameters.length === 0) return [{ name, path: `/${path}${questions[path]?.(found) ?? ''}` }];
  const toId = ids[noun];
  if (!toId || parameters.length > 1) {
    throw new Error(
      `Expected to know what stands for the parameters of the page ${path}; say so in test/pages/everyPage.ts.`,
    );
  }
  const id = toId(found);
  return id === undefined ? [] : [{ name, path: `/${path.replace(parameters[0] ?? '', encodeURIComponent(id))}` }];
}

async function find(ask: AskApi): Promise<Found> {
  const { networks, nodes, providers, jobs } = (await ask(QUESTION)) as Answer;
  const busiest = providers.map(({ id }) => id);
  const host = nodes.find(({ provider }) => provider !== null)?.provider?.id;
  return {
    network: networks.find(({ recorded }) => !recorded)?.id,
    recorded: networks.find(({ recorded }) => recorded)?.id,
    providers: [...new Set([...(host ? [host] : []), ...busiest])].slice(0, 3),
    node: nodes[0]?.id,
    job: jobs[0]?.id,
    operator: providers.find(({ owner }) => owner !== null)?.owner ?? undefined,
  };
}

interface Answer {
  readonly networks: readonly { readonly id: string; readonly recorded: boolean }[];
  readonly nodes: readonly { readonly id: string; readonly provider: { readonly id: string } | null }[];
  readonly providers: readonly { readonly id: string; readonly owner: string | null }[];
  readonly jobs: readonly { readonly id: string }[];
}

/** Those of which there is most to see. */
const QUESTION = `{
  networks(first: 100, orderBy: jobCount, orderDirection: desc) { id recorded }
  nodes(first: 20) { id provider { id } }
  providers(first: 3, orderBy: jobCount, orderDirection: desc) { id owner }
  jobs(first: 1, orderBy: createdAt, orderDirection: desc, where: { status: completed }) { id }
}`;

/** Over HTTP. */
export function toAskApi(url: string): AskApi {
  return async (query) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (errors || !data) throw new Error(`Expected data from ${url}, got ${JSON.stringify(errors)}`);
    return data;
  };
}
