import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';

/** What a subscription of the API says of a change. */
export interface Told {
  /** Blocks were replaced: what is told stands without them. */
  readonly retracted: boolean;
  /** As of which block. */
  readonly block: { readonly number: string } | null;
}

/** `open`: the server tells of every change. Otherwise the page's pulse finds out. */
export type StreamState = 'off' | 'open';

/** Many changes at once make one request. */
const GATHER_MS = 250;
/** A subscription that the server ended, such as one too far behind, begins anew after a while. */
const RETRY_MS = 15_000;

/**
 * Listens to one of the API's subscriptions while the page is visible, and fetches the page's data again when it tells of a
 * change. Where there is no stream, or it breaks, usePulse goes on as on every page: nothing here is needed for the page to be right.
 */
export function useStream(url: string | null, onTold?: (told: Told) => void): StreamState {
  const [state, setState] = useState<StreamState>('off');
  const { revalidate } = useRevalidator();
  const latest = useRef({ onTold, revalidate });
  useEffect(() => {
    latest.current = { onTold, revalidate };
  });

  useEffect(() => {
    if (!url) return;
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(retry);
      source?.close();
      source = undefined;
      setState('off');
    };
    const begin = () => {
      // A browser holds few connections to one server: pages that nobody sees give theirs back.
      if (document.hidden) return stop();
      if (source) return;
      source = new EventSource(url);
      source.onopen = () => setState('open');
      // It tries again by itself, unless it was refused.
      source.onerror = () => setState('off');
      source.addEventListener('next', ({ data }) => {
        const told = parseTold(data);
        if (!told) {
          stop();
          retry = setTimeout(begin, RETRY_MS);
          return;
        }
        latest.current.onTold?.(told);
        gathering ??= setTimeout(() => {
          gathering = undefined;
          latest.current.revalidate();
        }, GATHER_MS);
      });
    };
    begin();
    document.addEventListener('visibilitychange', begin);
    return () => {
      document.removeEventListener('visibilitychange', begin);
      clearTimeout(gathering);
      stop();
    };
  }, [url]);

  return state;
}

/** Undefined for errors, which say that the subscription has ended. */
function parseTold(text: string): Told | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: Readonly<Record<string, Told | null>> | null };
    return Object.values(data ?? {})[0] ?? undefined;
  } catch {
    return undefined;
  }
}
