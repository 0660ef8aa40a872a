import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { LAST_PAGE, PAGE_SIZE } from '../listState.js';
import { Link } from './Link.js';

export interface PagerProps {
  readonly page: number;
  readonly rowCount: number;
  readonly hasNext: boolean;
  readonly pageSize?: number;
  readonly toHref: (page: number) => string;
}

export function Pager({ page, rowCount, hasNext, pageSize = PAGE_SIZE, toHref }: PagerProps) {
  const t = useText();
  if (page === 1 && !hasNext) return null;
  const from = (page - 1) * pageSize + 1;
  return (
    <nav className="pager" aria-label={t('Pages')}>
      {page > 1 ? (
        <Link to={toHref(page - 1)} rel="prev">
          ← {t('Previous')}
        </Link>
      ) : (
        <span className="muted">← {t('Previous')}</span>
      )}
      <span>
        {rowCount > 0
          ? t('Page {page}: rows {from}–{to}', { page, from: toCount(from), to: toCount(from + rowCount - 1) })
          : t('Page {page}', { page })}
      </span>
      {hasNext ? (
        <Link to={toHref(page + 1)} rel="next">
          {t('Next')} →
        </Link>
      ) : (
        <span className="muted">
          {page === LAST_PAGE ? t('Narrow the list by a filter to see more') : `${t('Next')} →`}
        </span>
      )}
    </nav>
  );
}
