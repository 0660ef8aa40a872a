import type { Change, Figure } from '../charts/toFigure.js';
import { toClean, toCount, toLabel, toShare } from '../format.js';
import { Link } from './Link.js';
import { SparkLine } from './SparkLine.js';

/** One figure: its last value, what changed, how sure it is, and the way to all of it. */
export function FigureTile({ figure }: { readonly figure: Figure }) {
  const { metric, subject, last, change, spark } = figure;
  return (
    <article className="figure-tile">
      <h3 title={metric.definition}>
        <Link to={`/metrics/${metric.id}?subject=${encodeURIComponent(subject)}`}>{metric.title}</Link>
      </h3>
      {last ? (
        <>
          <p className="figure-value" title={last.exact}>
            {last.text} {last.unit ? <span className="unit">{last.unit}</span> : null}
          </p>
          <p className="figure-notes age">
            {last.isNewest ? null : <span>on {last.from.slice(0, 10)}</span>}
            {change ? <ChangeNote change={change} /> : null}
            {last.bounds ? <span title="With 95 % confidence">{last.bounds}</span> : null}
            <span title="How many samples stand behind it">n {toCount(last.samples)}</span>
            {last.coverage === null ? null : (
              <span title="Share of what it should rest on that is known">{toShare(last.coverage)} known</span>
            )}
          </p>
        </>
      ) : (
        <p className="missing">{figure.reason ? toReason(figure.reason) : 'No evidence yet'}</p>
      )}
      {spark ? <SparkLine spark={spark} /> : null}
    </article>
  );
}

/** A sentence as it stands, a code such as `fewProviders` as words. */
function toReason(reason: string): string {
  return /^[a-z]+([A-Z][a-z]*)*$/.test(reason) ? toLabel(reason) : toClean(reason, 160);
}

/** A sign and a word, so that colour is never alone. */
function ChangeNote({ change: { text, from, isBetter } }: { readonly change: Change }) {
  const tone = isBetter === null ? undefined : isBetter ? 'good' : 'bad';
  return (
    <span className={tone}>
      {text}
      {isBetter === null ? null : <span className="visually-hidden">{isBetter ? ', better' : ', worse'}</span>}{' '}
      <span className="age">since {from.slice(0, 10)}</span>
    </span>
  );
}
