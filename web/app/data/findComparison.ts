import { type AppLoadContext, redirect } from '@remix-run/node';
import { MAX_COMPARED } from '../components/CompareBasket.js';
import { toClean } from '../format.js';
import { parseId } from '../listState.js';
import { ask, toSource } from './ask.js';
import { comparisonQuery, findProvidersQuery, knownProvidersQuery } from './buyerQueries.js';
import { toText } from './graphql.js';
import { withShortName } from './shorten.js';

/** As many ids as an address may carry in earnest; the rest is passed over. */
const MAX_NAMED = 100;
const MAX_TYPED = 200;

export interface Found {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
}

/** What the address wants to see side by side, and who was found by what was typed to add one. */
export async function findComparison(context: AppLoadContext, params: URLSearchParams) {
  const named = readIds(params);
  const add = (params.get('add') ?? '').trim().slice(0, MAX_TYPED);
  const found = add ? await findByText(context, add) : [];
  const others = found.filter(({ id }) => !named.includes(id));
  const [only] = others;
  if (only && others.length === 1 && named.length < MAX_COMPARED) {
    const next = new URLSearchParams(params);
    next.delete('add');
    next.append('ids', only.id);
    throw redirect(`/compare?${next}`);
  }
  const base = { named, add: toClean(add, 80), found: others };
  if (named.length === 0 || named.length > MAX_COMPARED) {
    return { ...base, unknown: [], comparison: null, models: [], metrics: [], question: null };
  }
  const known = (await ask(context, knownProvidersQuery, { ids: [...named] })).providers.map(({ id }) => id);
  const ids = named.filter((id) => known.includes(id));
  const unknown = named.filter((id) => !known.includes(id));
  if (ids.length === 0) return { ...base, unknown, comparison: null, models: [], metrics: [], question: null };
  const variables = { ids };
  const { compare, gpuCatalogue, metrics } = await ask(context, comparisonQuery, variables);
  return {
    ...{ ...base, unknown, models: gpuCatalogue.models },
    metrics: metrics.filter(({ token }) => token !== null),
    comparison: {
      ...compare,
      providers: compare.providers.map(withShortName),
      rows: compare.rows.map((row) => ({ ...row, values: row.values.map(shortenValue) })),
    },
    question: toSource(context, { query: toText(comparisonQuery), variables }),
  };
}

/** `?ids=a&ids=b`, as a form sends it, and `?ids=a,b`, as people write it; each once, in the letter case that ids have. */
export function readIds(params: URLSearchParams): readonly string[] {
  const named = params
    .getAll('ids')
    .slice(0, MAX_NAMED)
    .flatMap((text) => text.split(','))
    .flatMap((text) => parseId(text.trim())?.toLowerCase() ?? []);
  return [...new Set(named)].slice(0, MAX_NAMED);
}

async function findByText(context: AppLoadContext, text: string): Promise<readonly Found[]> {
  const { search } = await ask(context, findProvidersQuery, { text });
  return search
    .filter(({ kind }) => kind === 'provider')
    .map(({ id, title, subtitle }) => ({ id, title: toClean(title, 60), subtitle: toClean(subtitle ?? '', 80) }));
}

function shortenValue<Value extends { readonly text: string | null }>(value: Value): Value {
  return { ...value, text: value.text === null ? null : toClean(value.text, 160) };
}
