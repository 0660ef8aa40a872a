export interface SparkPoint {
  /** Where its bucket begins. */
  readonly from: string;
  readonly value: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly inProgress: boolean;
}

/** A small line: places from 0 to 1 to the right and upwards, as text that an SVG of 100 by 100 takes. */
export interface Spark {
  /** Lines between gaps, of buckets that are over. */
  readonly lines: readonly string[];
  /** From the last bucket that is over to the one that is not. */
  readonly open: string | null;
  /** How sure the figures are, as areas. */
  readonly bands: readonly string[];
  /** Values at the lower and the upper edge. */
  readonly from: number;
  readonly to: number;
}

interface Place {
  readonly x: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly isOpen: boolean;
}

export interface SparkOptions {
  /** Seconds from one bucket to the next: a longer way is a gap. */
  readonly step: number;
  /** Sums are read against nothing; anything else against itself. */
  readonly fromZero: boolean;
  /** Edges that several share, so that they are read against each other; absent: its own. */
  readonly edges?: Edges;
}

export interface Edges {
  readonly from: number;
  readonly to: number;
  /** Where time begins and ends, in milliseconds. */
  readonly begin: number;
  readonly end: number;
}

export interface CommonEdges extends Edges {
  /** When the newest bucket that is over begins, in milliseconds. */
  readonly newest: number;
}

/** Edges that hold the values of every bucket that is over of several, and the times of all; null where none is over. */
export function toCommonEdges(all: readonly (readonly SparkPoint[])[]): CommonEdges | null {
  const known = all.flatMap((points) => points.filter(({ value }) => value !== null));
  const closed = known.filter(({ inProgress }) => !inProgress);
  if (closed.length === 0) return null;
  const toTime = ({ from }: SparkPoint) => Date.parse(from);
  const values = closed.map(({ value }) => Number(value));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const times = { begin: Math.min(...known.map(toTime)), end: Math.max(...known.map(toTime)) };
  return { from: least, to: most > least ? most : 1, ...times, newest: Math.max(...closed.map(toTime)) };
}

/** Of points in the order of time; null where fewer than two buckets that are over have a value. */
export function toSpark(points: readonly SparkPoint[], { step, fromZero, edges }: SparkOptions): Spark | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const [begin, end] = edges ? [edges.begin, edges.end] : [Date.parse(first.from), Date.parse(last.from)];
  const places = points.flatMap((point) => toPlace(point, begin, end - begin || 1));
  const closed = places.filter(({ isOpen }) => !isOpen);
  if (closed.length < 2) return null;
  const { from, to } = edges ?? toEdges(closed, fromZero);
  const toText = (x: number, value: number) =>
    `${(x * 100).toFixed(1)},${(100 - (100 * (value - from)) / (to - from)).toFixed(1)}`;
  const pieces = toPieces(closed, (step * 1_500) / (end - begin || 1));
  const [lastClosed, open] = [closed.at(-1), places.find(({ isOpen }) => isOpen)];
  return {
    lines: pieces.map((piece) => piece.map(({ x, value }) => toText(x, value)).join(' ')),
    open:
      open && lastClosed ? [lastClosed, open].map(({ x, value }) => toText(x, clamp(value, from, to))).join(' ') : null,
    bands: pieces
      .filter((piece) => piece.some(({ low, high }) => low < high))
      .map((piece) => toBand(piece, toText, { from, to })),
    from,
    to,
  };
}

function toPlace({ from, value, low, high, inProgress }: SparkPoint, begin: number, span: number): Place[] {
  if (value === null) return [];
  const number = Number(value);
  return [
    {
      ...{ x: (Date.parse(from) - begin) / span, value: number, isOpen: inProgress },
      ...{ low: low === null ? number : Number(low), high: high === null ? number : Number(high) },
    },
  ];
}

function toEdges(places: readonly Place[], fromZero: boolean): { readonly from: number; readonly to: number } {
  const values = places.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const from = fromZero ? Math.min(0, least) : least;
  // A line that is flat lies in the middle.
  return most > from ? { from, to: most } : { from: from - 1, to: most + 1 };
}

function toPieces(places: readonly Place[], gap: number): readonly (readonly Place[])[] {
  const pieces: Place[][] = [];
  let before: Place | undefined;
  for (const place of places) {
    if (!before || place.x - before.x > gap) pieces.push([]);
    pieces.at(-1)?.push(place);
    before = place;
  }
  // A single one is drawn as a stroke of no length with round ends.
  return pieces.map((piece) => (piece.length === 1 ? [...piece, ...piece] : piece));
}

function toBand(
  piece: readonly Place[],
  toText: (x: number, value: number) => string,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const above = piece.map(({ x, high }) => toText(x, clamp(high, from, to)));
  const below = piece.toReversed().map(({ x, low }) => toText(x, clamp(low, from, to)));
  return [...above, ...below].join(' ');
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value));
}
