import type { ComponentPropsWithoutRef } from 'react';
import { useKept } from '../keptMoment.js';
import { withKept } from '../moment.js';

/* Links within the site: they keep the moment that the page is of. All pages take theirs from here; a test holds them to it. */

export interface LinkProps extends Omit<ComponentPropsWithoutRef<'a'>, 'href'> {
  readonly to: string;
  /** Where it leads is read from where the reader is now: a list in another order. */
  readonly preventScrollReset?: boolean;
}

/** A plain element, which costs a list of hundreds next to nothing: `useLinks` follows all of them without a page load. */
export function Link({ to, preventScrollReset, ...props }: LinkProps) {
  return <a data-link={preventScrollReset ? 'stay' : ''} {...props} href={withKept(to, useKept())} />;
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
