export interface ScorePoint {
  readonly at: string;
  readonly score: string | null;
}

/** A line of scores: places from 0 to 1 to the right and upwards. */
export interface ScoreLine {
  /** Pieces between times without a score. */
  readonly pieces: readonly (readonly { readonly x: number; readonly y: number }[])[];
  /** Points of a hundred at the lower and the upper edge. */
  readonly from: number;
  readonly to: number;
}

const STEP = 10;

/** Of scores in the order of time; the edges are the tens around them. Null where there are fewer than two. */
export function toScoreLine(points: readonly ScorePoint[]): ScoreLine | null {
  const values = points.flatMap(({ score }) => (score === null ? [] : [Number(score)]));
  const [first, last] = [points[0], points.at(-1)];
  if (values.length < 2 || !first || !last) return null;
  const from = Math.min(Math.floor(Math.min(...values) / STEP) * STEP, 100 - STEP);
  const to = Math.max(Math.ceil(Math.max(...values) / STEP) * STEP, from + STEP);
  const [begin, end] = [Date.parse(first.at), Date.parse(last.at)];
  const pieces: { x: number; y: number }[][] = [[]];
  for (const { at, score } of points) {
    if (score === null) pieces.push([]);
    else
      pieces
        .at(-1)
        ?.push({ x: (Date.parse(at) - begin) / (end - begin || 1), y: (Number(score) - from) / (to - from) });
  }
  return { pieces: pieces.filter((piece) => piece.length > 0), from, to };
}
