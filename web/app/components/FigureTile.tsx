import type { Change, Figure } from '../charts/toFigure.js';
import { toClean, toLabel, toShare } from '../format.js';
import { useText } from '../i18n/useText.js';
import { Link } from './Link.js';
import { SparkLine } from './SparkLine.js';

export interface FigureTileProps {
  readonly figure: Figure;
  /** Stands in place of the metric's own title. */
  readonly title?: string;
  /** How long its buckets are, for the way to its chart; by day, where nothing is said. */
  readonly interval?: string;
  /** Whose it is, where the page does not say it. */
  readonly note?: string;
}

/** One figure: its last value, what changed, how sure it is, and the way to all of it. */
export function FigureTile({ figure, title, interval, note }: FigureTileProps) {
  const t = useText();
  const { metric, subject, last, change, spark } = figure;
  const address = `/metrics/${metric.id}?subject=${encodeURIComponent(subject)}`;
  return (
    <article className="figure-tile">
      <h3 title={metric.definition}>
        <Link to={interval && interval !== 'day' ? `${address}&interval=${interval}` : address}>
          {title ?? metric.title}
        </Link>
      </h3>
      {last ? (
        <>
          <p className="figure-value" title={last.exact}>
            {last.text} {last.unit ? <span className="unit">{last.unit}</span> : null}
          </p>
          <p className="figure-notes age">
            {last.isNewest ? null : <span>{t('on {day}', { day: last.from.slice(0, 10) })}</span>}
            {change ? <ChangeNote change={change} /> : null}
            {last.bounds ? (
              <span title={t('With 95 % confidence')}>{t('{low} to {high}', { ...last.bounds })}</span>
            ) : null}
            {/* What is made of a state, such as what is locked, has none. */}
            {last.samples === '0' ? null : <span>{t.count(last.samples, '{n} sample', '{n} samples')}</span>}
            {last.coverage === null ? null : (
              <span title={t('Share of what it should rest on that is known')}>
                {t('{share} known', { share: toShare(last.coverage) })}
              </span>
            )}
            {note ? <span>{note}</span> : null}
          </p>
        </>
      ) : (
        <p className="missing">{figure.reason ? toReason(figure.reason) : t('No evidence yet')}</p>
      )}
      {spark ? (
        <SparkLine
          spark={spark}
          label={t('{title} from {since} to {until}: between {least} and {most}', {
            title: metric.title,
            ...toWords(spark),
          })}
        />
      ) : null}
    </article>
  );
}

export function toWords({ since, until, least, most }: NonNullable<Figure['spark']>) {
  return { since, until, least, most };
}

/** A sentence as it stands, a code such as `fewProviders` as words. */
export function toReason(reason: string): string {
  return /^[a-z]+([A-Z][a-z]*)*$/.test(reason) ? toLabel(reason) : toClean(reason, 160);
}

/** A sign and a word, so that colour is never alone. */
function ChangeNote({ change: { text, in: unit, from, isBetter } }: { readonly change: Change }) {
  const t = useText();
  const tone = isBetter === null ? undefined : isBetter ? 'good' : 'bad';
  return (
    <span className={tone}>
      {unit === 'points' ? t('{change} points', { change: text }) : `${text} %`}
      {isBetter === null ? null : <span className="visually-hidden">{isBetter ? t(', better') : t(', worse')}</span>}{' '}
      <span className="age nowrap">{t('since {day}', { day: from.slice(0, 10) })}</span>
    </span>
  );
}
