import type { ScoreContext } from './createContext.js';
import type { LinkedPairs } from './createLinkFinder.js';
import { compareText } from './orderOutcomes.js';

/** A provider, or an operator of two or more, as what a score is made about. Providers by index. */
export interface Subject {
  readonly id: string;
  readonly kind: 'provider' | 'operator';
  readonly providers: readonly number[];
  /** Others that may be its own: their trades are no history elsewhere. */
  readonly neighbours: Int32Array;
  /** Whether a buyer is its own. */
  readonly isLinked: LinkedPairs;
  readonly hardware: string | null;
}

/** Providers that are known by then, then operators that have two or more of them. */
export function listSubjects(context: ScoreContext): Subject[] {
  const { links, prepared, at } = context;
  const isBorn = (provider: number) => (prepared.providers[provider]?.bornAt ?? at) < at;
  const providers = prepared.providers.flatMap(({ id }, provider): Subject[] =>
    isBorn(provider)
      ? [
          {
            id,
            kind: 'provider',
            providers: [provider],
            neighbours: links.neighboursOf(provider),
            isLinked: links.isLinked,
            hardware: context.hardwareOf[provider] ?? null,
          },
        ]
      : [],
  );
  const operators = [...links.members].map(([operator, members]): Subject => {
    return {
      id: prepared.providers[operator]?.id ?? '',
      kind: 'operator',
      providers: [...members].filter(isBorn),
      neighbours: new Int32Array(),
      isLinked: links.isLinkedToOperator,
      hardware: toCommonHardware([...members].filter(isBorn).map((member) => context.hardwareOf[member] ?? null)),
    };
  });
  return [...providers, ...operators.filter((operator) => operator.providers.length > 1)];
}

/** The class of most of its providers; of equally many, the first by name. */
function toCommonHardware(classes: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const model of classes) if (model !== null) counts.set(model, (counts.get(model) ?? 0) + 1);
  const ranked = [...counts].sort(([one, count], [other, otherCount]) => otherCount - count || compareText(one, other));
  return ranked[0]?.[0] ?? null;
}
