import { Link as AnyLink, NavLink as AnyNavLink, type LinkProps, type NavLinkProps } from '@remix-run/react';
import { useKept } from '../keptMoment.js';
import { withKept } from '../moment.js';

/* Links within the site: they keep the moment that the page is of. All pages take theirs from here; a test holds them to it. */

type Within<Props> = Omit<Props, 'to'> & { readonly to: string };

export function Link({ to, ...props }: Within<LinkProps>) {
  return <AnyLink to={withKept(to, useKept())} {...props} />;
}

export function NavLink({ to, ...props }: Within<NavLinkProps>) {
  return <AnyNavLink to={withKept(to, useKept())} {...props} />;
}

/** For a form that leads to a page by GET, whose fields take the place of all that its address asked for. */
export function KeptFields() {
  return (
    <>
      {[...new URLSearchParams(useKept())].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
