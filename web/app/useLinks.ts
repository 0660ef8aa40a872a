import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

/**
 * Follows links within the site (`<a data-link>`) without a page load, all of a page by one listener. What asks for more than that, such as
 * another tab, is the browser's, as are all links until the scripts are there.
 */
export function useLinks(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-link]') : null;
      if (!link || event.defaultPrevented || !isPlain(event)) return;
      event.preventDefault();
      const { pathname, search, hash, href } = link;
      // As a browser does, which keeps no two entries of one address in a row.
      const replace = href === location.href;
      navigate(pathname + search + hash, { replace, preventScrollReset: link.dataset.link === 'stay' });
    };
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, [navigate]);
}

function isPlain({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent): boolean {
  return button === 0 && !(metaKey || altKey || ctrlKey || shiftKey);
}
