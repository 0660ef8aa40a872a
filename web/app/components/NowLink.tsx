import { useLocation } from '@remix-run/react';
import { useText } from '../i18n/useText.js';
import { momentNames } from '../moment.js';

/** The same page as of now. */
export function NowLink() {
  const t = useText();
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  for (const name of momentNames) params.delete(name);
  return (
    <a data-link="" href={params.size > 0 ? `${pathname}?${params}` : pathname}>
      {t('Back to now')}
    </a>
  );
}
