import { ChartCanvas } from '../charts/ChartCanvas.js';
import type { Interval } from '../charts/toFigure.js';
import { type Line, toSeries } from '../charts/toSeries.js';
import { type FigureUnit, toAxisUnit } from '../formatFigure.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';

export interface SeriesFigureProps {
  readonly lines: readonly Line[];
  readonly unit: FigureUnit;
  readonly interval: Interval;
  /** Bars of what adds up, lines of all else. */
  readonly shape: 'line' | 'bars';
  /** What the bands are; null: there are none. */
  readonly band?: 'confidence' | 'percentiles' | null;
  /** Says in a sentence what is drawn; the numbers themselves are in a table. */
  readonly label: string;
  /** What is counted, where the unit does not say it. */
  readonly yTitle?: string;
}

export const intervalTitles: Readonly<Record<Interval, string>> = {
  hour: key('Hour (UTC)'),
  day: key('Day (UTC)'),
  week: key('Week from (UTC)'),
  month: key('Month (UTC)'),
};

/** A chart with its legend. Whoever shows it has the same figures as a table besides. */
export function SeriesFigure({ lines, unit, interval, shape, band = null, label, yTitle }: SeriesFigureProps) {
  const t = useText();
  const largest = Math.max(0, ...lines.flatMap(({ points }) => points.map(({ value }) => Number(value ?? 0))));
  const axis = toAxisUnit(unit, largest);
  const toOpenLabel = (time: string) => t('{time} so far', { time });
  const series = toSeries(lines, { interval, shape, toOpenLabel, per: axis.per });
  return (
    <figure className="series-figure">
      <figcaption>
        {series.lines.map((line, at) => (
          <span key={line.label} className="legend">
            <svg className="legend-line" viewBox="0 0 28 10" aria-hidden="true">
              {shape === 'bars' ? (
                <rect x="8" y="0" width="10" height="10" className={`fill-${toClass(line.colour)}`} />
              ) : (
                <line x1="0" y1="5" x2="28" y2="5" className={`stroke-${toClass(line.colour)} dash-${at % 6}`} />
              )}
            </svg>
            {line.label}
          </span>
        ))}
        {band ? (
          <span className="legend">
            <span className="swatch swatch-band" aria-hidden="true" />{' '}
            {band === 'confidence' ? t('Where it lies with 95 % confidence') : t('Where most of the others lie')}
          </span>
        ) : null}
        {series.openIndex === undefined ? null : (
          <span className="legend">
            <span className={shape === 'bars' ? 'swatch swatch-open' : 'swatch swatch-hollow'} aria-hidden="true" />{' '}
            {t('Not over yet')}
          </span>
        )}
      </figcaption>
      <ChartCanvas
        key={`${shape} ${interval}`}
        series={series}
        label={label}
        xTitle={t(intervalTitles[interval])}
        yTitle={yTitle ?? axis.name}
      />
    </figure>
  );
}

/** `--series-2` is the class `series-2`: styles come from the sheet alone, as the policy of the page wants it. */
function toClass(colour: string): string {
  return colour.replace(/^--/, '');
}
