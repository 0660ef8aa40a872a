import { useLocation } from '@remix-run/react';
import { type FormEvent, useEffect, useState } from 'react';
import { useText } from '../i18n/useText.js';
import { keepView, readViews, type SavedView, writeViews } from '../savedViews.js';
import { CopyButton } from './CopyButton.js';

/** Views by name, kept in this browser alone: a view is its address. Without JavaScript there is the address, as a link. */
export function SavedViews() {
  const t = useText();
  const { pathname, search } = useLocation();
  const path = pathname + search;
  const [views, setViews] = useState<readonly SavedView[] | null>(null);
  useEffect(() => setViews(readViews(localStorage)), []);

  const change = (next: readonly SavedView[]) => {
    writeViews(localStorage, next);
    setViews(next);
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    change(keepView(views ?? [], { name: name || document.title, path }));
    event.currentTarget.reset();
  };

  return (
    <details>
      <summary>
        {t('Saved views')}
        {views && views.length > 0 ? ` (${views.length})` : null}
      </summary>
      <div className="saved-views">
        <p>
          <a href={path}>{t('Link to this view')}</a>{' '}
          {views === null ? null : <CopyButton text={location.origin + path} label={t('Copy the link')} />}
        </p>
        {views === null ? (
          <p className="muted">{t('With JavaScript, views are kept here by name; a bookmark does as well.')}</p>
        ) : (
          <>
            <form onSubmit={save} className="filters">
              <label>
                <span>{t('Name')}</span>
                <input name="name" maxLength={80} autoComplete="off" />
              </label>
              <button type="submit">{t('Save this view')}</button>
            </form>
            <ul>
              {views.map((view) => (
                <li key={view.path}>
                  <a href={view.path}>{view.name}</a>{' '}
                  <button
                    type="button"
                    className="quiet"
                    aria-label={t('Remove {name}', { name: view.name })}
                    onClick={() => change(views.filter((one) => one.path !== view.path))}
                  >
                    ✕
                  </button>
                </li>
              ))}
            </ul>
            {views.length === 0 ? <p className="muted">{t('None saved in this browser yet.')}</p> : null}
          </>
        )}
      </div>
    </details>
  );
}
