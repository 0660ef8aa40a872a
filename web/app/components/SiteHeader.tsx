import { Link, NavLink } from '@remix-run/react';
import type { Theme } from '../theme.js';
import { ThemeSwitch } from './ThemeSwitch.js';

const pages = [
  { to: '/', label: 'Networks' },
  { to: '/providers', label: 'Providers' },
  { to: '/jobs', label: 'Jobs' },
  { to: '/supply', label: 'Supply' },
  { to: '/prices', label: 'Prices' },
  { to: '/reliability', label: 'Reliability' },
  { to: '/economy', label: 'Economy' },
  { to: '/mechanisms', label: 'Mechanisms' },
  { to: '/metrics', label: 'Metrics' },
  { to: '/status', label: 'Status' },
] as const;

export function SiteHeader({ theme }: { readonly theme: Theme }) {
  return (
    <header className="site-header">
      <div className="bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          Computescan
        </Link>
        <nav aria-label="Main">
          <ul>
            {pages.map((page) => (
              <li key={page.to}>
                <NavLink to={page.to} end={page.to === '/'}>
                  {page.label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeSwitch theme={theme} />
      </div>
    </header>
  );
}
