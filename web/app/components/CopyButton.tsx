import { toShort } from '../format.js';
import { useText } from '../i18n/useText.js';

export interface CopyButtonProps {
  readonly text: string;
  /** What it does, for who does not see its sign; by default that it copies the id. */
  readonly label?: string;
}

/** Puts a text on the clipboard, by `useReading`. CSS draws its sign, and hides it from who has no JavaScript. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useText();
  const name = label ?? t('Copy {id}', { id: toShort(text) });
  return <button type="button" className="copy" data-copy={text} aria-label={name} title={name} />;
}
