import { useEffect, useState } from 'react';
import { useText } from '../i18n/useText.js';

export interface CopyButtonProps {
  /** Read when it is pressed. */
  readonly toText: () => string;
  /** What it does, for who does not see its sign. */
  readonly label: string;
}

const SHOWN_MS = 2_000;

/** Puts a text on the clipboard. CSS hides it from who has no JavaScript. */
export function CopyButton({ toText, label }: CopyButtonProps) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    // Refused on a page without TLS and by who forbids it: the text can still be marked by hand.
    void navigator.clipboard?.writeText(toText()).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <button type="button" className="copy" onClick={copy} title={label} aria-label={copied ? t('Copied') : label}>
      <span aria-hidden="true">{copied ? '✓' : '⧉'}</span>
    </button>
  );
}
