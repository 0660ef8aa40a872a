import { type ScoreLine, type ScorePoint, toScoreLine } from '../charts/toScoreLine.js';
import { toUtcMinute } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { toPoints } from './points.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface ScoreHistoryProps {
  /** Newest first. */
  readonly scores: readonly ScorePoint[];
  /** Whose scores they are. */
  readonly subject: string;
}

/** A line through the scores of each midnight, and behind it the same numbers as a table; nothing where there is one at most. */
export function ScoreHistory({ scores, subject }: ScoreHistoryProps) {
  const t = useText();
  const points = scores.toReversed();
  const line = toScoreLine(points);
  if (!line) return null;
  const label = toSentence(t, points, subject);
  return (
    <figure className="day-strip score-history">
      <figcaption>{t('Reputation by day, in points')}</figcaption>
      <div className="score-plot">
        <p className="score-scale" aria-hidden="true">
          <span>{line.to}</span>
          <span>{line.from}</span>
        </p>
        <Plot line={line} label={label} />
      </div>
      <p className="day-strip-ends" aria-hidden="true">
        <span>{points[0]?.at.slice(0, 10)}</span>
        <span>{points.at(-1)?.at.slice(0, 10)}</span>
      </p>
      <details className="events">
        <summary>{t.count(points.length, '{n} score as a table', '{n} scores as a table')}</summary>
        <DataTable
          caption={label}
          label={t('Reputation by day, as a table')}
          className="day-table"
          head={
            <>
              <ColumnHead>{t('As of (UTC)')}</ColumnHead>
              <ColumnHead className="number">{t('Points')}</ColumnHead>
            </>
          }
        >
          {scores.map(({ at, score }) => (
            <TableRow key={at}>
              <RowHead>{toUtcMinute(at)}</RowHead>
              <Cell label={t('Points')} className="number">
                {score === null ? <NoValue reason={t('Nothing was recorded that it could be made of')} /> : score}
              </Cell>
            </TableRow>
          ))}
        </DataTable>
      </details>
    </figure>
  );
}

const [WIDTH, HEIGHT] = [900, 80] as const;

function Plot({ line, label }: { readonly line: ScoreLine; readonly label: string }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {[0, HEIGHT].map((y) => (
        <line key={y} className="score-edge" x1={0} x2={WIDTH} y1={y} y2={y} />
      ))}
      {line.pieces.map((piece) => {
        // A single score is drawn as a stroke of no length with round ends.
        const places = piece.length > 1 ? piece : [...piece, ...piece];
        const text = places.map(({ x, y }) => `${(x * WIDTH).toFixed(1)},${((1 - y) * HEIGHT).toFixed(1)}`).join(' ');
        return <polyline key={text} className="score-line" points={text} />;
      })}
    </svg>
  );
}

function toSentence(t: Translate, points: readonly ScorePoint[], subject: string): string {
  const known = points.flatMap(({ score }) => (score === null ? [] : [score]));
  const ordered = known.toSorted((one, other) => Number(one) - Number(other));
  const [lowest, highest, last] = [ordered[0], ordered.at(-1), known.at(-1)].map((score) => toPoints(score ?? '0'));
  return t('Reputation of {subject} from {begin} to {end}: between {lowest} and {highest} points, {last} now', {
    ...{ subject, lowest: lowest ?? '', highest: highest ?? '', last: last ?? '' },
    ...{ begin: points[0]?.at.slice(0, 10) ?? '', end: points.at(-1)?.at.slice(0, 10) ?? '' },
  });
}
