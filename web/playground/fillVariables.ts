import type { VariableSource } from './parseExample.js';

/** Answers a query with its data. */
export type Ask = (query: string) => Promise<unknown>;

/** Where this instance has nothing to ask about, an id that names nothing: the answer is then empty, and no error. */
export const NOTHING = 'none:none';

const DAY_MS = 86_400_000;

/** The values of an example's variables on this instance, at this time. */
export async function fillVariables(
  variables: Readonly<Record<string, VariableSource>>,
  { ask, now }: { readonly ask: Ask; readonly now: Date },
): Promise<Record<string, unknown>> {
  const filled = await Promise.all(
    Object.entries(variables).map(async ([name, source]) => [name, await fillOne(source, { ask, now })] as const),
  );
  return Object.fromEntries(filled);
}

async function fillOne(source: VariableSource, given: { readonly ask: Ask; readonly now: Date }): Promise<unknown> {
  if (Array.isArray(source)) return Promise.all(source.map((one) => fillOne(one, given)));
  if (typeof source !== 'object' || source === null) return source;
  if ('ask' in source) return listLeaves(await given.ask(source.ask))[0] ?? source.else ?? NOTHING;
  if ('list' in source) {
    const leaves = new Set(listLeaves(await given.ask(source.list)));
    return leaves.size > 0 ? [...leaves] : [NOTHING];
  }
  if ('daysAgo' in source) return toDay(given.now, source.daysAgo);
  return source;
}

/** Depth first; of one value that a query was asked for it is the only one. */
function listLeaves(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(listLeaves) : [value];
}

function toDay(now: Date, daysAgo: number): string {
  const day = Math.floor(now.getTime() / DAY_MS) - daysAgo;
  return new Date(day * DAY_MS).toISOString().replace('.000Z', 'Z');
}
