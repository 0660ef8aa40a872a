import type { Chart, ChartConfiguration } from 'chart.js';
import { useEffect, useRef, useState } from 'react';
import { type ChartText, toConfiguration } from './toConfiguration.js';
import type { Series } from './toSeries.js';

export interface ChartCanvasProps extends ChartText {
  readonly series: Series;
  /** Says in a sentence what is drawn; the numbers themselves are in a table beside the chart. */
  readonly label: string;
}

/** A chart that is about to be scrolled into sight is drawn by the time it is. */
const AHEAD = '300px';

/** The one owner of Chart.js: loads it when a chart comes into sight, draws, redraws on new rows and on a new theme. */
export function ChartCanvas({ series, label, xTitle, yTitle }: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart>();
  const latest = useRef({ series, xTitle, yTitle });
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    latest.current = { series, xTitle, yTitle };
    if (chart.current) draw(chart.current, toConfiguration(chart.current.canvas, latest.current));
  }, [series, xTitle, yTitle]);

  useEffect(() => {
    let gone = false;
    const forgetTheme = onThemeChange(() => {
      if (chart.current) draw(chart.current, toConfiguration(chart.current.canvas, latest.current));
    });
    const forgetSight = onSight(canvas.current, () => {
      void import('./chartLibrary.js').then(({ Chart }) => {
        if (gone || !canvas.current) return;
        chart.current = new Chart(canvas.current, toConfiguration(canvas.current, latest.current));
        setDrawn(true);
      });
    });
    return () => {
      gone = true;
      forgetTheme();
      forgetSight();
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

/** The shape of a chart does not change: who draws another one has another key. */
function draw(chart: Chart, { data, options }: ChartConfiguration): void {
  chart.data = data;
  chart.options = options ?? {};
  chart.update('none');
}

/** Once, as soon as the element is near what is seen. */
function onSight(element: Element | null, see: () => void): () => void {
  if (!element) return () => {};
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      see();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(element);
  return () => observer.disconnect();
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
