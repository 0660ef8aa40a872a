import { useLocation } from '@remix-run/react';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { wasShown } from '../takenBack.js';
import { Link } from './Link.js';
import { NowLink } from './NowLink.js';

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

/** What is wrong with the moment that the address names, as the API calls it. */
const momentAdvices: Readonly<Record<string, string>> = {
  MOMENT_UNREADABLE: key(
    'The moment in the address was not understood: give a block number, such as 4221, or a time in UTC, such as 2026-01-31 12:00.',
  ),
  BLOCK_NOT_INDEXED: key(
    'That block has not been indexed yet. Wait until the chain has come so far, or choose one that is not above the last block at the foot of this page.',
  ),
  BLOCK_UNKNOWN: key('No such block is known: the chain has replaced it, or it was never indexed.'),
  BLOCK_PRUNED: key('That block lies before the first one that is kept. Choose a later one.'),
  BLOCK_NOT_FINAL: key('That block is not as sure as you ask for. Choose an earlier one, or ask for less.'),
  CHAIN_REQUIRED: key(
    'Several chains are indexed, and a block number is of one of them: write it as chain:block, such as 31337:4221, or give a time in UTC.',
  ),
  CHAIN_UNKNOWN: key('No such chain is indexed. Choose one of those at the foot of this page, or give a time in UTC.'),
};

const TAKEN_BACK = key('The chain has taken this back');
const STARTED_ANEW = key(
  'It was here a moment ago: the chain has replaced the blocks that told of it. If they tell of it again, this page comes back by itself.',
);

export function toErrorTitle(status: number): string {
  return (advices[status] ?? unexpected).title;
}

export interface ErrorPageProps {
  readonly status: number;
  /** A code of what is wrong with the moment that was asked for. */
  readonly reason?: string | undefined;
}

/** What a reader can do about it; never the reason itself, which may name what is nobody's business. */
export function ErrorPage({ status, reason }: ErrorPageProps) {
  const t = useText();
  const { title, text: general, operator } = advices[status] ?? unexpected;
  const advice = reason === undefined ? undefined : momentAdvices[reason];
  const text = advice ?? general;
  const isTakenBack = wasShown(useLocation().pathname) && status === 404;
  return (
    <div className="error-page">
      <p className="muted">{t('Error {status}', { status })}</p>
      <h1>{t(isTakenBack ? TAKEN_BACK : title)}</h1>
      <p>{isTakenBack ? t(STARTED_ANEW) : t(text)}</p>
      {operator ? <p>{t(operator)}</p> : null}
      {advice ? (
        <p>
          <NowLink />
        </p>
      ) : null}
      <p>
        <Link to="/">{t('Networks')}</Link> · <Link to="/providers">{t('Providers')}</Link> ·{' '}
        <Link to="/jobs">{t('Jobs')}</Link>
      </p>
    </div>
  );
}
