import { Form } from '@remix-run/react';
import { useText } from '../i18n/useText.js';
import { MAX_COMPARED } from './CompareBasket.js';
import { KeptFields, Link } from './Link.js';

export interface CompareAddProps {
  readonly ids: readonly string[];
  /** What was typed last, and who was found by it. */
  readonly typed: string;
  readonly found: readonly { readonly id: string; readonly title: string; readonly subtitle: string }[];
  readonly toAddHref: (id: string) => string;
  readonly kept: readonly (readonly [name: string, value: string])[];
}

/** One more beside those that are there, by a name or an address. */
export function CompareAdd({ ids, typed, found, toAddHref, kept }: CompareAddProps) {
  const t = useText();
  if (ids.length >= MAX_COMPARED) {
    return <p className="muted">{t('Four stand side by side: remove one to add another.')}</p>;
  }
  return (
    <div className="compare-add">
      <Form method="get" action="/compare" className="filters" key={typed}>
        <KeptFields />
        {ids.map((id) => (
          <input key={id} type="hidden" name="ids" value={id} />
        ))}
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <KeptFields />
        <label>
          <span>{t('Add a provider')}</span>
          <input
            type="text"
            name="add"
            maxLength={200}
            defaultValue={typed}
            placeholder={t('Name or address')}
            required
          />
        </label>
        <button type="submit">{t('Add')}</button>
        <Link to="/providers">{t('Choose in the list')}</Link>
      </Form>
      {typed ? (
        found.length === 0 ? (
          <p className="problem" role="status">
            {t('No other provider is called “{typed}”.', { typed })}
          </p>
        ) : (
          <ul className="plain found">
            {found.map(({ id, title, subtitle }) => (
              <li key={id}>
                <Link to={toAddHref(id)}>{t('Add {name}', { name: title })}</Link>{' '}
                <span className="muted">{subtitle}</span>
              </li>
            ))}
          </ul>
        )
      ) : null}
    </div>
  );
}
