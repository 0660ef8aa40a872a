import type { ReactNode } from 'react';
import { toClean } from '../format.js';
import type { Capability } from './Missing.js';

export interface ListSectionProps {
  readonly title: string;
  readonly count: number;
  readonly capabilities: readonly Capability[];
  readonly capability: string;
  readonly children: ReactNode;
}

/** A titled list, or one line that tells "none yet" from "this protocol does not record it". */
export function ListSection({ title, count, capabilities, capability, children }: ListSectionProps) {
  const missing = capabilities.find((one) => one.name === capability && !one.recorded);
  const reason = missing?.reason ? toClean(missing.reason, 240) : '';
  return (
    <section>
      <h2>{title}</h2>
      {count > 0 ? (
        children
      ) : (
        <p className="muted">{missing ? `Not recorded by this protocol. ${reason}` : 'None yet.'}</p>
      )}
    </section>
  );
}
