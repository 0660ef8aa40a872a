import type { Chart, ChartConfiguration, ChartDataset } from 'chart.js';
import { useEffect, useRef, useState } from 'react';
import type { StackedSeries } from './toActivitySeries.js';

export interface ChartCanvasProps {
  readonly series: StackedSeries;
  /** Says in a sentence what is drawn; the numbers themselves are in a table beside the chart. */
  readonly label: string;
}

type BarChart = Chart<'bar', number[], string>;

/** The one owner of Chart.js: loads it when a chart is on the page, draws, redraws on new rows and on a new theme. */
export function ChartCanvas({ series, label }: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<BarChart>();
  const latest = useRef(series);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    latest.current = series;
    if (chart.current) draw(chart.current, series);
  }, [series]);

  useEffect(() => {
    let gone = false;
    const forgetTheme = onThemeChange(() => {
      if (chart.current) draw(chart.current, latest.current);
    });
    void import('./chartLibrary.js').then(({ Chart }) => {
      if (gone || !canvas.current) return;
      chart.current = new Chart(canvas.current, toConfiguration(canvas.current, latest.current));
      setDrawn(true);
    });
    return () => {
      gone = true;
      forgetTheme();
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, []);

  return (
    <div className="chart-box" data-drawn={drawn}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

function draw(chart: BarChart, series: StackedSeries): void {
  const { data, options } = toConfiguration(chart.canvas, series);
  chart.data = data;
  chart.options = options ?? {};
  chart.update('none');
}

function toConfiguration(
  canvas: HTMLCanvasElement,
  series: StackedSeries,
): ChartConfiguration<'bar', number[], string> {
  const style = getComputedStyle(canvas);
  const text = style.getPropertyValue('--text-muted');
  const grid = style.getPropertyValue('--border');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    type: 'bar',
    data: { labels: [...series.labels], datasets: toDatasets(canvas, series) },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: still ? false : { duration: 300 },
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: grid },
          ticks: { color: text, maxRotation: 0, autoSkipPadding: 12, callback: (_, index) => toTick(series, index) },
          title: { display: true, text: 'Day (UTC)', color: text },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          border: { display: false },
          grid: { color: grid },
          ticks: { color: text, precision: 0 },
          title: { display: true, text: 'Tasks that ended', color: text },
        },
      },
    },
  };
}

/** "11-21": the year is in the tooltip and in the table. */
function toTick(series: StackedSeries, index: number): string {
  return (series.labels[index] ?? '').slice(5, 10);
}

function toDatasets(canvas: HTMLCanvasElement, series: StackedSeries): ChartDataset<'bar', number[]>[] {
  const style = getComputedStyle(canvas);
  return series.stacks.map((stack) => {
    const colour = style.getPropertyValue(stack.colour);
    const open = toHatching(canvas, colour);
    return {
      label: stack.label,
      data: [...stack.values],
      borderColor: colour,
      borderWidth: series.labels.map((_, index) => (index === series.openIndex ? 1 : 0)),
      backgroundColor: series.labels.map((_, index) => (index === series.openIndex ? open : colour)),
      categoryPercentage: 0.9,
      barPercentage: 0.9,
    };
  });
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

/** The reader's choice is an attribute of the document, the system's a media query. */
function onThemeChange(listen: () => void): () => void {
  const root = new MutationObserver(listen);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listen);
  return () => {
    root.disconnect();
    system.removeEventListener('change', listen);
  };
}
