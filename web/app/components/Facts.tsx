import type { ReactNode } from 'react';
import { toTerm } from '../toTerm.js';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly title?: string;
}

/** What is shown of a term in words is on hover as its chain has it. */
export function toTermFact(term: { readonly name: string; readonly value: string }): Fact {
  const { name, value, exact } = toTerm(term);
  return { name, value: <span title={exact}>{value}</span> };
}

/** Names and values as a definition list. */
export function Facts({ facts, className = '' }: { readonly facts: readonly Fact[]; readonly className?: string }) {
  return (
    <dl className={`facts ${className}`}>
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt title={fact.title}>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
