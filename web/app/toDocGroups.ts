import { key } from './i18n/text.js';

export interface DocEntry {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
}

export interface DocGroup {
  readonly id: string;
  /** A text of the catalogue. */
  readonly title: string;
  readonly docs: readonly DocEntry[];
}

/** By who reads them, the most asked for first. */
const groups: readonly { readonly id: string; readonly title: string; readonly slugs: readonly string[] }[] = [
  {
    id: 'ask',
    title: key('Ask: GraphQL, files, subscriptions'),
    slugs: ['graphql', 'questions', 'live', 'export', 'lineage', 'limits'],
  },
  { id: 'score', title: key('Scores, and how to check them'), slugs: ['score', 'recompute', 'rolling'] },
  { id: 'sell', title: key('For operators of machines'), slugs: ['agent', 'heartbeat', 'probes'] },
  {
    id: 'networks',
    title: key('Networks'),
    slugs: ['add-a-protocol', 'compute-market', 'iexec', 'livepeer', 'devnet'],
  },
  {
    id: 'run',
    title: key('The project, and running it'),
    slugs: ['readme', 'explorer', 'architecture', 'contributing', 'faults', 'metrics', 'benchmarks'],
  },
];
const DECISIONS = 'decisions/';

/** Every document once: what no group names stands under "More", decisions under their own title, which other documents link to. */
export function toDocGroups(entries: readonly DocEntry[]): readonly DocGroup[] {
  const named = new Set(groups.flatMap(({ slugs }) => slugs));
  const isDecision = ({ slug }: DocEntry) => slug.startsWith(DECISIONS);
  const more = entries.filter((entry) => !named.has(entry.slug) && !isDecision(entry));
  return [
    ...groups.map(({ id, title, slugs }) => ({
      ...{ id, title },
      docs: slugs.flatMap((slug) => entries.find((entry) => entry.slug === slug) ?? []),
    })),
    { id: 'more', title: key('More'), docs: more },
    { id: 'decisions', title: key('Decisions, with their reasons'), docs: entries.filter(isDecision) },
  ].filter(({ docs }) => docs.length > 0);
}
