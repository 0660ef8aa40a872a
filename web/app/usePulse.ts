import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';

export interface PulseOptions {
  /** What the shown data is as of; a different answer means there is something to fetch. */
  readonly mark: string;
  readonly now: string;
  /** Whether this page fetches again by itself. */
  readonly live: boolean;
}

export interface Pulse {
  readonly now: string;
  /** The server did not answer the last pulse: what is shown may be outdated. */
  readonly lost: boolean;
}

const PERIOD_MS = 5_000;

/**
 * While the page is visible, asks every five seconds how far the data has come, and fetches the page's data again only
 * when that changed. A server that is away costs nothing but the mark: the rows stay.
 */
export function usePulse({ mark, now, live }: PulseOptions): Pulse {
  const [pulse, setPulse] = useState<Pulse>({ now, lost: false });
  const { revalidate, state } = useRevalidator();
  const latest = useRef({ mark, live, state, revalidate });
  useEffect(() => {
    latest.current = { mark, live, state, revalidate };
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      clearTimeout(timer);
      if (document.hidden) return;
      const answer = await fetchPulse();
      setPulse((before) => ({ now: answer?.now ?? before.now, lost: !answer }));
      const { mark, live, state, revalidate } = latest.current;
      if (answer && live && state === 'idle' && answer.mark !== mark) revalidate();
      clearTimeout(timer);
      timer = setTimeout(beat, PERIOD_MS);
    };
    timer = setTimeout(beat, PERIOD_MS);
    document.addEventListener('visibilitychange', beat);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', beat);
    };
  }, []);

  return { now: pulse.now > now ? pulse.now : now, lost: pulse.lost };
}

async function fetchPulse(): Promise<{ now: string; mark: string } | undefined> {
  try {
    const response = await fetch('/pulse', { cache: 'no-store', signal: AbortSignal.timeout(4_000) });
    return response.ok ? ((await response.json()) as { now: string; mark: string }) : undefined;
  } catch {
    return undefined;
  }
}
