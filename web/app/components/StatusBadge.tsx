/** Job and task states in words; each tone also has a sign of its own, so that colour is never alone. */
const states: Readonly<Record<string, { readonly label: string; readonly tone: string; readonly sign: string }>> = {
  open: { label: 'Open', tone: 'quiet', sign: '○' },
  pending: { label: 'Pending', tone: 'quiet', sign: '○' },
  running: { label: 'Running', tone: 'busy', sign: '◔' },
  verified: { label: 'Verified', tone: 'busy', sign: '◑' },
  disputed: { label: 'Disputed', tone: 'bad', sign: '!' },
  completed: { label: 'Completed', tone: 'good', sign: '✓' },
  partial: { label: 'Partly completed', tone: 'mixed', sign: '◐' },
  failed: { label: 'Failed', tone: 'bad', sign: '✕' },
};

export function toStatusLabel(status: string): string {
  return states[status]?.label ?? status;
}

export interface StatusBadgeProps {
  readonly status: string;
  /** The status follows from a deadline alone. */
  readonly derived?: boolean;
}

export const DERIVED_REASON = 'The deadline passed, nobody has claimed it';

export function StatusBadge({ status, derived = false }: StatusBadgeProps) {
  const state = states[status] ?? { label: status, tone: 'quiet', sign: '?' };
  return (
    <span className={`badge badge-${state.tone}`} title={derived ? DERIVED_REASON : undefined}>
      <span aria-hidden="true">{state.sign}</span> {state.label}
    </span>
  );
}
