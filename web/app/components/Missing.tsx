import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';

export interface Capability {
  readonly name: string;
  readonly recorded: boolean;
  readonly reason: string | null;
}

/**
 * Why there is no value. They are four different things, and said in four different words: unknown (nothing has shown it yet), zero (which
 * is a value), unavailable (it is known somewhere, and not to be had for this page), not recorded (the protocol does not say).
 */
export type Absence = 'unknown' | 'unavailable' | 'notRecorded';

const words: Readonly<Record<Absence, { readonly word: string; readonly reason: string }>> = {
  unknown: { word: key('unknown'), reason: key('No evidence yet') },
  unavailable: { word: key('unavailable'), reason: key('Not to be had at the moment') },
  notRecorded: { word: key('not recorded'), reason: key('Not recorded by this protocol') },
};

export interface NoValueProps {
  readonly kind?: Absence;
  /** In a sentence, as it is shown; by default what its kind means. */
  readonly reason?: string | undefined;
}

/** No value, and why. What is unknown is a dash for the eye, as there may be many of them, and the word for a screen reader. */
export function NoValue({ kind = 'unknown', reason }: NoValueProps) {
  const t = useText();
  const { word, reason: usual } = words[kind];
  const why = reason ?? t(usual);
  if (kind !== 'unknown') {
    return (
      <span className="missing" title={why}>
        {t(word)}
      </span>
    );
  }
  return (
    <span className="missing" title={why}>
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">
        {t(word)}: {why}
      </span>
    </span>
  );
}

export interface MissingProps {
  readonly capabilities: readonly Capability[];
  /** The capability the value would come from. */
  readonly capability: string;
}

/** No value: either the protocol does not record it, or nothing has happened yet. Never a zero. */
export function Missing({ capabilities, capability }: MissingProps) {
  const t = useText();
  const found = capabilities.find((one) => one.name === capability);
  if (!found || found.recorded) return <NoValue />;
  const usual = t(words.notRecorded.reason);
  return <NoValue kind="notRecorded" reason={found.reason ? `${usual}: ${found.reason}` : usual} />;
}
