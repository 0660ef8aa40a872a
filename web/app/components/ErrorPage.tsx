import { Link } from '@remix-run/react';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';

interface Advice {
  readonly title: string;
  readonly text: string;
  readonly operator?: string;
}

const advices: Readonly<Record<number, Advice>> = {
  400: { title: key('That is out of range'), text: key('The address asks for something the data cannot answer.') },
  404: {
    title: key('Not found'),
    text: key('There is no such page, provider or job here. It may not be indexed yet, or its address is mistyped.'),
  },
  503: {
    title: key('The data is out of reach'),
    text: key(
      'The pages run, but the service behind them does not answer. Nothing is lost; this page comes back by itself.',
    ),
    operator: key(
      'If you run this instance: check that the API process and its database are up, and read their log for the reason.',
    ),
  },
};

const unexpected: Advice = {
  title: key('Something went wrong'),
  text: key('This page could not be made. The reason is in the server’s log; the other pages work on.'),
};

export function toErrorTitle(status: number): string {
  return (advices[status] ?? unexpected).title;
}

/** What a reader can do about it; never the reason itself, which may name what is nobody's business. */
export function ErrorPage({ status }: { readonly status: number }) {
  const t = useText();
  const { title, text, operator } = advices[status] ?? unexpected;
  return (
    <div className="error-page">
      <p className="muted">{t('Error {status}', { status })}</p>
      <h1>{t(title)}</h1>
      <p>{t(text)}</p>
      {operator ? <p>{t(operator)}</p> : null}
      <p>
        <Link to="/">{t('Networks')}</Link> · <Link to="/providers">{t('Providers')}</Link> ·{' '}
        <Link to="/jobs">{t('Jobs')}</Link>
      </p>
    </div>
  );
}
