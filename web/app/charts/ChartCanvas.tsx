import { useEffect, useRef, useState } from 'react';
import type { Drawing, DrawnChart } from './chartLibrary.js';

export interface ChartCanvasProps extends Drawing {
  /** Says in a sentence what is drawn; the numbers themselves are in a table beside the chart. */
  readonly label: string;
}

/** A chart that is about to be scrolled into sight is drawn by the time it is. */
const AHEAD = '300px';

/** The one owner of Chart.js: loads it when a chart comes into sight, draws, and draws again on new rows. */
export function ChartCanvas({ series, label, xTitle, yTitle }: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<DrawnChart>();
  const latest = useRef({ series, xTitle, yTitle });
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    latest.current = { series, xTitle, yTitle };
    chart.current?.redraw(latest.current);
  }, [series, xTitle, yTitle]);

  useEffect(() => {
    let gone = false;
    const forgetSight = onSight(canvas.current, () => {
      void import('./chartLibrary.js').then(({ drawChart }) => {
        if (gone || !canvas.current) return;
        chart.current = drawChart(canvas.current, latest.current);
        setDrawn(true);
      });
    });
    return () => {
      gone = true;
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
