import { Form, useLocation } from '@remix-run/react';
import { toClean, toCount, toDuration, toUtcSecond } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';
import { isNow, type Moment, momentNames, parseMoment } from '../moment.js';
import { useNow } from '../now.js';
import { NowLink } from './NowLink.js';
import type { ChainState } from './phases.js';
import { SavedViews } from './SavedViews.js';

export interface ViewBarProps {
  /** Undefined while the API does not answer, or has none of the moment asked for. */
  readonly chains: readonly ChainState[] | undefined;
}

/** What is looked at: of which block and time the page is, the way to another moment, and views that a reader keeps. */
export function ViewBar({ chains }: ViewBarProps) {
  const t = useText();
  const { search } = useLocation();
  const moment = parseMoment(search);
  const past = moment === null || !isNow(moment);
  return (
    <aside className={past ? 'view-bar view-past' : 'view-bar'} aria-label={t('This view')}>
      <div className="bar">
        <p>
          {past ? <strong>{t('A look at the past.')} </strong> : null}
          <AsOf chains={chains} />
          {past ? (
            <>
              {' '}
              {t('Who is online, prices asked for off chain and endpoints are known of now only.')} <NowLink />
            </>
          ) : null}
        </p>
        <details>
          <summary>{t('Go back in time')}</summary>
          <MomentForm moment={moment} chains={chains ?? []} />
        </details>
        <SavedViews />
      </div>
    </aside>
  );
}

/** The block of the one chain there is; of several the newest, which is closest to what the page is of. */
function AsOf({ chains }: ViewBarProps) {
  const t = useText();
  const now = useNow();
  const written = (chains ?? []).flatMap(({ block, recorded, name }) =>
    block && !recorded ? [{ ...block, name }] : [],
  );
  const [newest] = written.toSorted((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp));
  if (!newest) return <>{chains === undefined ? t('Not known of when.') : t('No block yet.')}</>;
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(newest.timestamp)) / 1_000));
  const others = written.length - 1;
  return (
    <>
      <Rich
        text="As of block {number} of {chain}, {time}, {age} old"
        number={toCount(newest.number)}
        chain={toClean(newest.name, 40)}
        time={<time dateTime={newest.timestamp}>{toUtcSecond(newest.timestamp)}</time>}
        age={toDuration(seconds)}
      />
      {others > 0 ? `, ${t.count(others, 'and {n} more chain', 'and {n} more chains')}` : null}.
    </>
  );
}

/** A plain form: all else that the address asks for stays, but the page of a list, which would be another one. */
function MomentForm({ moment, chains }: { readonly moment: Moment | null; readonly chains: readonly ChainState[] }) {
  const t = useText();
  const { pathname, search } = useLocation();
  const kept = [...new URLSearchParams(search)].filter(
    ([name]) => name !== 'page' && !momentNames.some((one) => one === name),
  );
  const first = chains.find(({ block, recorded }) => block && !recorded);
  const example = chains.length > 1 && first ? `${first.id}:${first.block?.number}` : (first?.block?.number ?? '4221');
  return (
    <Form method="get" action={pathname} className="filters" key={search}>
      {kept.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <label>
        <span>{t('Block or UTC time')}</span>
        <input
          name="at"
          defaultValue={moment?.at ?? new URLSearchParams(search).get('at') ?? ''}
          placeholder={t('{block} or 2026-01-31 12:00', { block: example })}
          maxLength={40}
          size={24}
          autoComplete="off"
        />
      </label>
      <label>
        <span>{t('How sure')}</span>
        <select name="finality" defaultValue={moment?.finality?.toLowerCase() ?? ''}>
          <option value="">{t('newest blocks')}</option>
          <option value="safe">{t('safe blocks')}</option>
          <option value="finalized">{t('final blocks')}</option>
        </select>
      </label>
      <button type="submit">{t('Show')}</button>
    </Form>
  );
}
