import { useText } from '../i18n/useText.js';
import type { Fault } from '../toFaults.js';
import { When } from './When.js';

/** What is wrong, the worst first, or that nothing is. */
export function FaultList({ faults }: { readonly faults: readonly Fault[] }) {
  const t = useText();
  const worst = faults.filter(({ severity }) => severity === 'now').length;
  return (
    <section className="faults" aria-labelledby="faults">
      <h2 id="faults">{t('What is wrong')}</h2>
      <p className={worst > 0 ? 'notice notice-warning' : 'notice'}>
        <strong>
          {worst > 0
            ? t.count(worst, 'One thing makes figures old or wrong now.', '{n} things make figures old or wrong now.')
            : t('Nothing makes figures old or wrong now.')}
        </strong>{' '}
        {faults.length > worst
          ? t.count(faults.length - worst, 'One more is worth knowing.', '{n} more are worth knowing.')
          : null}
      </p>
      {faults.length === 0 ? null : (
        <ul className="plain">
          {faults.map((fault) => (
            <Item key={fault.id} fault={fault} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ fault: { severity, what, effect, values, because, at, href } }: { readonly fault: Fault }) {
  const t = useText();
  return (
    <li className="fault">
      <p>
        {severity === 'now' ? (
          <span className="badge badge-bad">
            <span aria-hidden="true">!</span> {t('Now')}
          </span>
        ) : (
          <span className="badge badge-quiet">
            <span aria-hidden="true">i</span> {t('To know')}
          </span>
        )}{' '}
        <strong>{t(what, values)}</strong> {at === null ? null : <When at={at} />}
      </p>
      <p className="muted">
        {t(effect, values)} {because ? t('Last time, {reason}.', { reason: t(because) }) : null}{' '}
        <a href={href}>{t('See more')}</a>
      </p>
    </li>
  );
}
