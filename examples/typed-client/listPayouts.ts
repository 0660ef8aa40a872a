/**
 * Every payout of a network since a time, page by page, typed from the schema: rename a field here and the compiler says so. With
 * Node 22 or newer: `node --experimental-strip-types examples/typed-client/listPayouts.ts https://host/graphql livepeer-arbitrum 2026-01-01T00:00:00Z`.
 */
import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import { type DocumentNode, print } from 'graphql';
import type { introspection } from '../../web/app/data/graphql-env.d.ts';

// Whole numbers that may grow, decimals and times are strings: no client rounds them unasked.
const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { BigInt: string; BigDecimal: string; Bytes: string; Timestamp: string; JSON: unknown };
}>();

const Payouts = graphql(`
  query Payouts($network: ID!, $since: Timestamp!, $after: String) {
    payoutsConnection(where: { network: $network, at_gte: $since }, orderBy: at, first: 500, after: $after) {
      nodes { id at amount role token { symbol decimals } usd { value reason } provider { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type Payout = ResultOf<typeof Payouts>['payoutsConnection']['nodes'][number];

/** Asks one page; rejects with the API's own words where it refuses. */
async function ask(url: string, variables: VariablesOf<typeof Payouts>): Promise<ResultOf<typeof Payouts>> {
  const body = JSON.stringify({ query: print(Payouts as DocumentNode), variables });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { data, errors } = (await response.json()) as {
    data?: ResultOf<typeof Payouts>;
    errors?: { message: string }[];
  };
  if (!data || errors)
    throw new Error(errors?.[0]?.message ?? `Expected data from ${url}, got HTTP ${response.status}`);
  return data;
}

export async function* listPayouts(url: string, asked: { network: string; since: string }): AsyncGenerator<Payout> {
  for (let after: string | null = null; ; ) {
    const { payoutsConnection: page } = await ask(url, { ...asked, after });
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}

const [, script = '', url, network, since] = process.argv;
if (script.endsWith('listPayouts.ts') && url && network && since) {
  for await (const payout of listPayouts(url, { network, since })) console.log(JSON.stringify(payout));
}
