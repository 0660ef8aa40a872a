import type { AppLoadContext } from '@remix-run/node';
import { parseId, readNetwork } from '../listState.js';
import { readWorkload } from '../readWorkload.js';
import { ask, toSource } from './ask.js';
import { buyerChoicesQuery, rankingQuery } from './buyerQueries.js';
import { toText } from './graphql.js';
import { withShortName } from './shorten.js';

export const RANKED = 50;
/** Of each group of those that are not ranked, on the first page of them. */
const LEFT_OUT = 10;

const groups = ['notEnoughData', 'offline', 'excluded'] as const;

/** The answer to a workload that the address asks for, or what is wrong with it. */
export async function findRanking(context: AppLoadContext, params: URLSearchParams) {
  const { networks, gpuCatalogue } = await ask(context, buyerChoicesQuery, {});
  const models = gpuCatalogue.models;
  const named = readNetwork(params);
  const network = networks.find(({ id }) => id === named);
  const read = readWorkload(params, { models: models.map(({ id }) => id), network: network?.id });
  const choices = { networks, models, regions: listRegions(networks, network?.id), network: named };
  if (!read.workload || (named && !network)) return { ...choices, read, ranking: null, question: null };
  const after = parseId(params.get('after')) ?? null;
  const only = groups.find((group) => group === params.get('group'));
  const leftOutAfter = only ? (parseId(params.get('groupAfter')) ?? null) : null;
  const variables = { workload: toVariables(read.workload), first: RANKED, after, leftOutAfter };
  const { rankProviders } = await ask(context, rankingQuery, variables);
  const { nodes, excluded, offline, notEnoughData, ...counts } = rankProviders;
  const rows = { excluded, offline, notEnoughData };
  const leftOut = groups.map((group) => {
    const shown = rows[group].slice(0, only ? RANKED : LEFT_OUT);
    const isMore = rows[group].length > shown.length || (only !== undefined && rows[group].length === RANKED);
    return {
      group,
      count: counts[`${group}Count`],
      rows: shown.map((row) => ({ ...row, provider: withShortName(row.provider) })),
      lastId: isMore ? shown.at(-1)?.id : undefined,
    };
  });
  const ranking = {
    ...counts,
    nodes: nodes.map((row) => ({ ...row, provider: withShortName(row.provider) })),
    leftOut: only ? leftOut.filter(({ group }) => group === only) : leftOut,
    isFirst: after === null,
  };
  return { ...choices, read, ranking, question: toSource(context, { query: toText(rankingQuery), variables }) };
}

/** Lists of the address are read-only, variables of a question are not. */
function toVariables(workload: NonNullable<ReturnType<typeof readWorkload>['workload']>) {
  const { regionsIn, regionsOut, networks, ...rest } = workload;
  return {
    ...rest,
    ...(regionsIn ? { regionsIn: [...regionsIn] } : {}),
    ...(regionsOut ? { regionsOut: [...regionsOut] } : {}),
    ...(networks ? { networks: [...networks] } : {}),
  };
}

/** Regions that machines name, of one network or of all. */
export function listRegions(
  networks: readonly { readonly id: string; readonly regions: readonly string[] }[],
  network: string | undefined,
): readonly string[] {
  const own = networks.filter(({ id }) => network === undefined || id === network);
  return [...new Set(own.flatMap(({ regions }) => regions))].slice(0, 50);
}
