import type { ReactNode } from 'react';
import { toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import type { ListView } from '../toFiles.js';
import { ListFiles } from './ListFiles.js';
import type { Capability } from './Missing.js';

export interface ListSectionProps {
  readonly title: string;
  readonly count: number;
  readonly capabilities: readonly Capability[];
  readonly capability: string;
  readonly children: ReactNode;
  /** Where its rows are a list of the API: the files of it. */
  readonly files?: ListView;
}

/** A titled list, or one line that tells "none yet" from "this protocol does not record it". */
export function ListSection({ title, count, capabilities, capability, children, files }: ListSectionProps) {
  const t = useText();
  const missing = capabilities.find((one) => one.name === capability && !one.recorded);
  const reason = missing?.reason ? toClean(missing.reason, 240) : '';
  return (
    <section>
      <h2>{title}</h2>
      {count > 0 ? (
        <>
          {children}
          {files ? <ListFiles view={files} /> : null}
        </>
      ) : (
        <p className="muted">{missing ? `${t('Not recorded by this protocol.')} ${reason}` : t('None yet.')}</p>
      )}
    </section>
  );
}
