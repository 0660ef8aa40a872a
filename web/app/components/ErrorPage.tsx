import { Link } from '@remix-run/react';

interface Advice {
  readonly title: string;
  readonly text: string;
  readonly operator?: string;
}

const advices: Readonly<Record<number, Advice>> = {
  400: { title: 'That is out of range', text: 'The address asks for something the data cannot answer.' },
  404: {
    title: 'Not found',
    text: 'There is no such page, provider or job here. It may not be indexed yet, or its address is mistyped.',
  },
  503: {
    title: 'The data is out of reach',
    text: 'The pages run, but the service behind them does not answer. Nothing is lost; this page comes back by itself.',
    operator:
      'If you run this instance: check that the API process and its database are up, and read their log for the reason.',
  },
};

const unexpected: Advice = {
  title: 'Something went wrong',
  text: 'This page could not be made. The reason is in the server’s log; the other pages work on.',
};

export function toErrorTitle(status: number): string {
  return (advices[status] ?? unexpected).title;
}

/** What a reader can do about it; never the reason itself, which may name what is nobody's business. */
export function ErrorPage({ status }: { readonly status: number }) {
  const { title, text, operator } = advices[status] ?? unexpected;
  return (
    <div className="error-page">
      <p className="muted">Error {status}</p>
      <h1>{title}</h1>
      <p>{text}</p>
      {operator ? <p>{operator}</p> : null}
      <p>
        <Link to="/">Networks</Link> · <Link to="/providers">Providers</Link> · <Link to="/jobs">Jobs</Link>
      </p>
    </div>
  );
}
