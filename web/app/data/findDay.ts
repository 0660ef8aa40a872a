import type { AppLoadContext } from '@remix-run/node';
import { ask } from './ask.js';
import { nodeDayQuery } from './nodeQueries.js';
import { providerDayQuery } from './providerQueries.js';

const DAY_MS = 86_400_000;

/** How many days a strip shows and which day is looked into, by the URL; what is no such day is as if it were not there. */
export function readDays(params: URLSearchParams): { readonly length: number; readonly date: string | null } {
  return { length: params.get('days') === '30' ? 30 : 90, date: parseDate(params.get('day')) };
}

function parseDate(text: string | null): string | null {
  if (!text || !/^20\d\d-\d\d-\d\d$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

/** The hours of a day with the outages that reach into it; null where none is asked for. */
export async function findDay(
  context: AppLoadContext,
  { kind, id, date }: { readonly kind: 'provider' | 'node'; readonly id: string; readonly date: string | null },
) {
  if (date === null) return null;
  const from = new Date(`${date}T00:00:00Z`);
  const variables = { id, date, from: from.toISOString(), to: new Date(from.getTime() + DAY_MS).toISOString() };
  if (kind === 'provider') {
    const { provider, outages } = await ask(context, providerDayQuery, variables);
    return { date, hours: provider?.uptimeByHour ?? [], outages };
  }
  const { node, outages } = await ask(context, nodeDayQuery, variables);
  return { date, hours: node?.uptimeByHour ?? [], outages };
}
