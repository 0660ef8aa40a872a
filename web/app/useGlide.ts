import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 300;
/** The server lays nothing out, and would say so. */
const useLayout = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Rows that a new one pushes aside glide to their new places: whoever reads them, or is about to click, can follow. They jump where another
 * `view` of them was asked for, where the window has another width, and for whoever asked for less motion.
 */
export function useGlide(body: RefObject<HTMLElement>, view: string): void {
  const last = useRef({ layout: '', places: new Map<HTMLElement, number>() });
  useLayout(() => {
    const rows = [...(body.current?.children ?? [])] as HTMLElement[];
    const { layout, places: before } = last.current;
    // Where they are laid out, however far they have glided.
    const places = new Map(rows.map((row) => [row, row.offsetTop]));
    last.current = { layout: `${view} ${innerWidth}`, places };
    if (layout !== last.current.layout || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const [row, place] of places) {
      const from = before.get(row);
      if (from === undefined || from === place) continue;
      const keyframes = { transform: [`translateY(${from - place}px)`, 'none'] };
      row.animate(keyframes, { duration: GLIDE_MS, easing: 'ease-out' });
    }
  });
}
