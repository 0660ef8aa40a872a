import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';

export interface ChainProgressProps {
  readonly label: string;
  /** Decimal strings, as the API gives them. */
  readonly height: string | null;
  readonly head: string | null;
}

/** How much of a chain's past is written. */
export function ChainProgress({ label, height, head }: ChainProgressProps) {
  const t = useText();
  const reached = height === null ? 0 : Number(height);
  if (head === null) return <progress aria-label={label} />;
  return (
    <span className="chain-progress">
      <progress aria-label={label} max={Math.max(Number(head), 1)} value={Math.min(reached, Number(head))} />{' '}
      <span className="nowrap">
        {t('block {number} of {head}', { number: toCount(height ?? 0), head: toCount(head) })}
      </span>
    </span>
  );
}
