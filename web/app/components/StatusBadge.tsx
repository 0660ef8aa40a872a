import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';

/** Job and task states in words; each tone also has a sign of its own, so that colour is never alone. */
const states: Readonly<Record<string, { readonly label: string; readonly tone: string; readonly sign: string }>> = {
  open: { label: key('Open'), tone: 'quiet', sign: '○' },
  pending: { label: key('Pending'), tone: 'quiet', sign: '○' },
  running: { label: key('Running'), tone: 'busy', sign: '◔' },
  verified: { label: key('Verified'), tone: 'busy', sign: '◑' },
  disputed: { label: key('Disputed'), tone: 'bad', sign: '!' },
  completed: { label: key('Completed'), tone: 'good', sign: '✓' },
  partial: { label: key('Partly completed'), tone: 'mixed', sign: '◐' },
  failed: { label: key('Failed'), tone: 'bad', sign: '✕' },
};

/** A text of the catalogue; a status that is not known is its own. */
export function toStatusLabel(status: string): string {
  return states[status]?.label ?? status;
}

export interface StatusBadgeProps {
  readonly status: string;
  /** The status follows from a deadline alone. */
  readonly derived?: boolean;
}

export const DERIVED_REASON = key('The deadline passed, nobody has claimed it');

export function StatusBadge({ status, derived = false }: StatusBadgeProps) {
  const t = useText();
  const state = states[status] ?? { label: status, tone: 'quiet', sign: '?' };
  return (
    <span className={`badge badge-${state.tone}`} title={derived ? t(DERIVED_REASON) : undefined}>
      <span aria-hidden="true">{state.sign}</span> {t(state.label)}
    </span>
  );
}
