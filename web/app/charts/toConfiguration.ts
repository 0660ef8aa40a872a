import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { DrawnLine, Series } from './toSeries.js';

export interface ChartText {
  /** `Day (UTC)` */
  readonly xTitle: string;
  /** What the figures are in. */
  readonly yTitle: string;
}

/** What Chart.js is told of a series, in the colours that the document has at the moment. */
export function toConfiguration(
  canvas: HTMLCanvasElement,
  { series, xTitle, yTitle }: ChartText & { readonly series: Series },
): ChartConfiguration {
  const style = getComputedStyle(canvas);
  const text = style.getPropertyValue('--text-muted');
  const grid = style.getPropertyValue('--border');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const isBars = series.shape === 'bars';
  const drawn = series.lines.length;
  return {
    type: isBars ? 'bar' : 'line',
    data: {
      labels: [...series.labels],
      datasets: isBars ? toBars(canvas, series) : [...toLines(canvas, series), ...toBands(canvas, series)],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      // Numbers are written as everywhere on the page, whatever the browser's language is.
      locale: 'en-GB',
      animation: still ? false : { duration: 300 },
      interaction: { mode: 'index', intersect: false },
      // Bands are two lines each, of which the table tells.
      plugins: { tooltip: { filter: ({ datasetIndex }) => datasetIndex < drawn } },
      scales: {
        x: {
          stacked: isBars,
          grid: { display: false },
          border: { color: grid },
          ticks: { color: text, maxRotation: 0, autoSkipPadding: 14, callback: (_, index) => toTick(series, index) },
          title: { display: true, text: xTitle, color: text },
        },
        y: {
          stacked: isBars,
          beginAtZero: isBars,
          border: { display: false },
          grid: { color: grid },
          ticks: { color: text, maxTicksLimit: 7, ...(isCounted(series) ? { precision: 0 } : {}) },
          title: { display: true, text: yTitle, color: text },
        },
      },
    },
  };
}

/** Between whole numbers there is nothing to write at an axis. */
function isCounted({ lines }: Series): boolean {
  return lines.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
}

/** "11-21" of a day, "05:00" of an hour: the rest is in the tooltip and in the table. */
function toTick({ labels, interval }: Series, index: number): string {
  const label = labels[index] ?? '';
  if (interval === 'month') return label.slice(0, 7);
  return interval === 'hour' ? label.slice(11, 16) : label.slice(5, 10);
}

function toBars(canvas: HTMLCanvasElement, series: Series): ChartDataset<'bar', (number | null)[]>[] {
  const style = getComputedStyle(canvas);
  return series.lines.map((line) => {
    const colour = style.getPropertyValue(line.colour);
    const open = toHatching(canvas, colour);
    return {
      type: 'bar',
      label: line.label,
      data: [...line.values],
      borderColor: colour,
      borderWidth: series.labels.map((_, index) => (index === series.openIndex ? 1 : 0)),
      backgroundColor: series.labels.map((_, index) => (index === series.openIndex ? open : colour)),
      categoryPercentage: 0.9,
      barPercentage: 0.9,
    };
  });
}

/** So that lines are told apart without their colour. */
const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [14, 4], [4, 2, 1, 2]];
const points = ['circle', 'rectRot', 'triangle', 'rect', 'star', 'crossRot'] as const;
const FEW = 45;

function toLines(canvas: HTMLCanvasElement, series: Series): ChartDataset<'line', (number | null)[]>[] {
  const style = getComputedStyle(canvas);
  const surface = style.getPropertyValue('--surface');
  return series.lines.map((line, at) => {
    const colour = style.getPropertyValue(line.colour);
    const radii = line.values.map((_, index) => (series.labels.length <= FEW || isAlone(line, index) ? 2.5 : 0));
    return {
      type: 'line',
      label: line.label,
      data: [...line.values],
      spanGaps: false,
      borderColor: colour,
      borderWidth: 2,
      borderDash: [...(dashes[at % dashes.length] ?? [])],
      pointStyle: points[at % points.length] ?? 'circle',
      pointRadius: radii.map((radius, index) => (index === series.openIndex ? 4 : radius)),
      pointHitRadius: 8,
      pointBorderColor: colour,
      // What is not over is hollow, and the way to it dotted.
      pointBackgroundColor: series.labels.map((_, index) => (index === series.openIndex ? surface : colour)),
      segment: { borderDash: ({ p1DataIndex }) => (p1DataIndex === series.openIndex ? [1, 4] : undefined) },
    };
  });
}

function isAlone({ values }: DrawnLine, index: number): boolean {
  return (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
}

/** An area from the lower edge to the upper one, behind the lines. */
function toBands(canvas: HTMLCanvasElement, { lines }: Series): ChartDataset<'line', (number | null)[]>[] {
  const style = getComputedStyle(canvas);
  const edge = { type: 'line', spanGaps: false, borderWidth: 0, pointRadius: 0, pointHitRadius: 0, order: 1 } as const;
  return lines.flatMap(({ label, colour, band }) => {
    if (!band) return [];
    const area = withAlpha(style.getPropertyValue(colour));
    return [
      { ...edge, label: `${label}, low`, data: [...band.low] },
      { ...edge, label: `${label}, high`, data: [...band.high], fill: '-1', backgroundColor: area },
    ];
  });
}

/** The properties are registered as colours, so that they are read as `rgb(…)`. */
function withAlpha(colour: string): string {
  return colour.replace(/^rgb\(([^)]*)\)$/, (_, parts: string) => `rgba(${parts}, 0.18)`);
}

/** Diagonal lines say "not complete" without another colour. */
function toHatching(canvas: HTMLCanvasElement, colour: string): CanvasPattern | string {
  const tile = canvas.ownerDocument.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext('2d');
  if (!pen) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  for (const offset of [-6, 0, 6]) {
    pen.moveTo(offset, 6);
    pen.lineTo(offset + 6, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, 'repeat') ?? colour;
}
