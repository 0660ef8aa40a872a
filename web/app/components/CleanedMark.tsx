import { useText } from '../i18n/useText.js';

export interface Altered {
  readonly attribute: string;
  readonly fingerprint: string;
}

export interface CleanedMarkProps {
  readonly attribute: string;
  readonly altered: readonly Altered[];
}

/** Says that a text is not shown as it stands on the chain; nothing where it is. */
export function CleanedMark({ attribute, altered }: CleanedMarkProps) {
  const t = useText();
  const found = altered.find((one) => one.attribute === attribute);
  if (!found) return null;
  const title = t(
    'Not as it stands on the chain: what is unseen, deceptive or too long was taken out. Fingerprint of the original: {fingerprint}',
    { fingerprint: found.fingerprint },
  );
  return (
    <span className="badge badge-quiet" title={title}>
      {t('cleaned')}
    </span>
  );
}
