import { useEffect, useState } from 'react';
import { copyText } from './copyText.js';
import { toUtcSecond } from './format.js';

/** What is said of a text that was to be copied. */
export interface CopyWords {
  readonly copied: string;
  readonly failed: string;
}

/**
 * What JavaScript adds for a reader to every page at once, rather than to each element: the local time beside the UTC one when the pointer
 * or the focus comes to a time, and buttons that copy (`<button data-copy>`). Returns what is to be said aloud, for a moment.
 */
export function useReading({ copied, failed }: CopyWords): string {
  const [said, say] = useState('');
  useEffect(() => {
    const tell = ({ target }: Event) => {
      const time = target instanceof Element ? target.closest('time[datetime]') : null;
      const at = time?.getAttribute('datetime');
      if (time && at && !Number.isNaN(Date.parse(at))) time.setAttribute('title', toBothTimes(at));
    };
    const copy = ({ target }: Event) => {
      const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[data-copy]') : null;
      const text = button?.dataset.copy;
      if (!button || text === undefined) return;
      void copyText(text).then((isCopied) => {
        say(isCopied ? copied : failed);
        mark(button, isCopied);
      });
    };
    const kinds = ['pointerover', 'focusin'] as const;
    for (const kind of kinds) document.addEventListener(kind, tell);
    document.addEventListener('click', copy);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, tell);
      document.removeEventListener('click', copy);
    };
  }, [copied, failed]);
  useEffect(() => {
    const timer = said === '' ? undefined : setTimeout(() => say(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return said;
}

/** "2026-11-21 05:00:07 UTC · 2026-11-21 06:00:07 GMT+1", in the reader's own zone and words. */
export function toBothTimes(at: string, zone?: string): string {
  const local = new Date(at).toLocaleString('sv-SE', { ...parts, ...(zone ? { timeZone: zone } : {}) });
  return `${toUtcSecond(at)} · ${local}`;
}

const parts = {
  ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
  ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const),
};

const SHOWN_MS = 2_000;

/** The sign of the button tells for a moment how it went. */
function mark(button: HTMLButtonElement, isCopied: boolean): void {
  button.dataset.copied = String(isCopied);
  setTimeout(() => delete button.dataset.copied, SHOWN_MS);
}
