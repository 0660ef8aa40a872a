import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 300;
/** The server lays nothing out, and would say so. */
const useLayout = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Rows that a new one pushes aside glide to their new places: whoever reads them, or is about to click, can follow. They jump for whoever
 * asked for less motion.
 */
export function useGlide(body: RefObject<HTMLElement>): void {
  const places = useRef<ReadonlyMap<HTMLElement, number>>(new Map());
  useLayout(() => {
    const rows = [...(body.current?.children ?? [])] as HTMLElement[];
    const before = places.current;
    // Where they are laid out, however far they have glided.
    places.current = new Map(rows.map((row) => [row, row.offsetTop]));
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const [row, place] of places.current) {
      const from = before.get(row);
      if (from === undefined || from === place) continue;
      const keyframes = { transform: [`translateY(${from - place}px)`, 'none'] };
      row.animate(keyframes, { duration: GLIDE_MS, easing: 'ease-out' });
    }
  });
}
