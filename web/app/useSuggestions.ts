import { useEffect, useState } from 'react';

export interface Suggestion {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly path: string;
}

const PAUSE_MS = 150;

/** What the search would find, once somebody pauses while typing; null asks for nothing. An answer that does not come is no suggestion. */
export function useSuggestions(text: string | null): readonly Suggestion[] {
  const [found, setFound] = useState<{ readonly text: string; readonly hits: readonly Suggestion[] }>();
  useEffect(() => {
    if (text === null) return;
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      setFound({ text, hits: await fetchSuggestions(text, gone.signal) });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [text]);
  return text !== null && found?.text === text ? found.hits : none;
}

const none: readonly Suggestion[] = [];

async function fetchSuggestions(text: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  try {
    const response = await fetch(`/search/suggest?${new URLSearchParams({ q: text })}`, { signal });
    return response.ok ? ((await response.json()) as readonly Suggestion[]) : none;
  } catch {
    return none;
  }
}
