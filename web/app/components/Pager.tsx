import { toCount } from '../format.js';
import { LAST_PAGE, PAGE_SIZE } from '../listState.js';
import { Link } from './Link.js';

export interface PagerProps {
  readonly page: number;
  readonly rowCount: number;
  readonly hasNext: boolean;
  readonly toHref: (page: number) => string;
}

export function Pager({ page, rowCount, hasNext, toHref }: PagerProps) {
  if (page === 1 && !hasNext) return null;
  const from = (page - 1) * PAGE_SIZE + 1;
  return (
    <nav className="pager" aria-label="Pages">
      {page > 1 ? (
        <Link to={toHref(page - 1)} rel="prev">
          ← Previous
        </Link>
      ) : (
        <span className="muted">← Previous</span>
      )}
      <span>
        Page {page}
        {rowCount > 0 ? `: rows ${toCount(from)}–${toCount(from + rowCount - 1)}` : null}
      </span>
      {hasNext ? (
        <Link to={toHref(page + 1)} rel="next">
          Next →
        </Link>
      ) : (
        <span className="muted">{page === LAST_PAGE ? 'Narrow the list by a filter to see more' : 'Next →'}</span>
      )}
    </nav>
  );
}
