import { useText } from '../i18n/useText.js';

export interface CopyButtonProps {
  readonly text: string;
  /** What it does, for who does not see its sign; by default that it copies. */
  readonly label?: string;
}

/** Puts a text on the clipboard, by `useReading`. CSS hides it from who has no JavaScript. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useText();
  return (
    <button type="button" className="copy" data-copy={text} aria-label={label ?? t('Copy')} title={label ?? t('Copy')}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="M5 1h8a2 2 0 0 1 2 2v8h-2V3H5zM3 5h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z" />
      </svg>
    </button>
  );
}
