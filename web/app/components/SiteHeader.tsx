import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import type { Theme } from '../theme.js';
import { Link, NavLink } from './Link.js';
import { SearchBox } from './SearchBox.js';
import { ThemeSwitch } from './ThemeSwitch.js';

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
  return (
    <header className="site-header">
      <div className="bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span>Computescan</span>
        </Link>
        <SearchBox />
        <ThemeSwitch theme={theme} />
        <nav aria-label={t('Main')}>
          <ul>
            {pages.map((page) => (
              <li key={page.to}>
                <NavLink to={page.to} end={page.to === '/'}>
                  {t(page.label)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}
