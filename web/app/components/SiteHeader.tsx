import { useLocation } from '@remix-run/react';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { later, Part } from '../later.js';
import type { Theme } from '../theme.js';
import { Link } from './Link.js';
import { ThemeSwitch } from './ThemeSwitch.js';

/** Until its scripts are there it is the form that the server wrote. */
const searchBox = later(async () => (await import('./SearchBox.js')).SearchBox);

const pages = [
  { to: '/', label: key('Overview') },
  { to: '/networks', label: key('Networks') },
  { to: '/providers', label: key('Providers') },
  { to: '/jobs', label: key('Jobs') },
  { to: '/supply', label: key('Supply') },
  { to: '/prices', label: key('Prices') },
  { to: '/reliability', label: key('Reliability') },
  { to: '/economy', label: key('Economy') },
  { to: '/mechanisms', label: key('Mechanisms') },
  { to: '/metrics', label: key('Metrics') },
  { to: '/status', label: key('Status') },
  { to: '/docs', label: key('Docs') },
] as const;

export function SiteHeader({ theme }: { readonly theme: Theme }) {
  const t = useText();
  const { pathname } = useLocation();
  return (
    <header className="site-header">
      <div className="bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span>Computescan</span>
        </Link>
        <Part of={searchBox} with={{}} />
        <ThemeSwitch theme={theme} />
        <nav aria-label={t('Main')}>
          <ul>
            {pages.map((page) => (
              <li key={page.to}>
                <Link to={page.to} aria-current={isWithin(pathname, page.to) ? 'page' : undefined}>
                  {t(page.label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** A page is within those whose path its own begins with; all are below the overview, which stands for itself alone. */
function isWithin(pathname: string, to: string): boolean {
  return pathname === to || (to !== '/' && pathname.startsWith(`${to}/`));
}
