export interface HistogramBucket {
  readonly from: string;
  readonly to: string;
  readonly asks: number;
  readonly gpus: number;
}

export interface HistogramBar extends HistogramBucket {
  /** Places from 0 to 1, from the left and from the top. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface Histogram {
  readonly bars: readonly HistogramBar[];
  /** Edges that are written at the axis, on a logarithmic scale as the bars are. */
  readonly ticks: readonly { readonly at: number; readonly value: string }[];
  /** Most GPUs of one bar. */
  readonly most: number;
  /** Where a price lies; null: beside what is drawn. */
  readonly toPlace: (price: string) => number | null;
  /** Asks beyond the edges of what is drawn: a price of nearly nothing, or of a joke. */
  readonly below: number;
  readonly above: number;
}

/** Ten a decade: three decades hold any market, and a thousand bars nobody reads. */
const MOST_BARS = 30;

/** Bars by GPUs on a logarithmic scale of prices, around the middle one; null where nobody asks. */
export function toHistogram(buckets: readonly HistogramBucket[], median: string): Histogram | null {
  const drawn = cut(buckets, Number(median));
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (!first || !last) return null;
  const [least, most] = [Math.log(Number(first.from)), Math.log(Number(last.to))];
  const place = (price: string) => (Math.log(Number(price)) - least) / (most - least);
  const highest = Math.max(...drawn.map(({ gpus }) => gpus));
  const step = Math.max(1, Math.ceil(drawn.length / 8));
  const edges = [...drawn.map(({ from }) => from), last.to];
  return {
    bars: drawn.map((bucket) => ({
      ...bucket,
      ...{ left: place(bucket.from), width: place(bucket.to) - place(bucket.from), height: bucket.gpus / highest },
    })),
    ticks: edges.filter((_, at) => at % step === 0).map((value) => ({ at: place(value), value })),
    most: highest,
    toPlace: (price) => {
      const at = place(price);
      return at >= 0 && at <= 1 ? at : null;
    },
    below: count(buckets.slice(0, buckets.indexOf(first))),
    above: count(buckets.slice(buckets.indexOf(last) + 1)),
  };
}

function cut(buckets: readonly HistogramBucket[], median: number): readonly HistogramBucket[] {
  if (buckets.length <= MOST_BARS) return buckets;
  const middle = buckets.findIndex(({ from, to }) => Number(from) <= median && median < Number(to));
  const begin = Math.min(Math.max(0, middle - MOST_BARS / 2), buckets.length - MOST_BARS);
  return buckets.slice(begin, begin + MOST_BARS);
}

function count(buckets: readonly HistogramBucket[]): number {
  return buckets.reduce((sum, { asks }) => sum + asks, 0);
}
