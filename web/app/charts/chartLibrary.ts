import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { type ChartText, toConfiguration } from './toConfiguration.js';
import type { Series } from './toSeries.js';

// Only what is drawn here: the whole of Chart.js would be a fifth larger.
Chart.register(
  ...[BarController, BarElement, LineController, LineElement, PointElement],
  ...[CategoryScale, LinearScale, Filler, Tooltip],
);

export { Chart };

export type Drawing = ChartText & { readonly series: Series };

export interface DrawnChart {
  /** The shape of a chart does not change: who draws another one has another canvas. */
  redraw(drawing: Drawing): void;
  destroy(): void;
}

/** All that a page needs of charts only once one is in sight. It draws again when the colours of the document change. */
export function drawChart(canvas: HTMLCanvasElement, first: Drawing): DrawnChart {
  let latest = first;
  const chart = new Chart(canvas, toConfiguration(canvas, first));

  function redraw(drawing: Drawing): void {
    latest = drawing;
    const { data, options } = toConfiguration(canvas, drawing);
    chart.data = data;
    chart.options = options ?? {};
    chart.update('none');
  }

  const forgetTheme = onThemeChange(() => redraw(latest));
  return {
    redraw,
    destroy() {
      forgetTheme();
      chart.destroy();
    },
  };
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
