import type { Multiples } from '../charts/toMultiples.js';
import { toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import { toReason, toWords } from './FigureTile.js';
import { Link } from './Link.js';
import { SparkLine } from './SparkLine.js';

/** Small lines of one figure, read against each other, each with the way to its chart. */
export function MultiplesGroup({ group }: { readonly group: Multiples }) {
  const t = useText();
  const { metric, upTo, items } = group;
  return (
    <>
      <h3 title={metric.definition}>{metric.title}</h3>
      <p className="age">{t('All on one scale, from 0 to {most}.', { most: upTo })}</p>
      <ul className="multiples">
        {items.map(({ subject, name, last, reason, spark }) => (
          <li key={subject}>
            <Link to={`/metrics/${metric.id}?subject=${encodeURIComponent(subject)}`}>{toClean(name, 60)}</Link>
            {last ? (
              <span className="value" title={last.exact}>
                {last.text}
                {last.isNewest ? null : (
                  <span className="age details">{t('on {day}', { day: last.from.slice(0, 10) })}</span>
                )}
              </span>
            ) : (
              <span className="missing">{reason ? toReason(reason) : t('No evidence yet')}</span>
            )}
            {spark ? (
              <SparkLine
                spark={spark}
                label={t('{title} from {since} to {until}: between {least} and {most}', {
                  title: `${metric.title}, ${toClean(name, 60)}`,
                  ...toWords(spark),
                })}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
