import { useFetcher, useLocation } from '@remix-run/react';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type Theme, themes } from '../theme.js';

const labels: Readonly<Record<Theme, string>> = {
  light: key('Light'),
  dark: key('Dark'),
  system: key('System'),
};

/** On a phone they stand for the words, which a screen reader has all the same. */
const signs: Readonly<Record<Theme, string>> = { light: '☀', dark: '☾', system: '◐' };

/** Three buttons of one form: works without JavaScript, and without a page load where there is some. */
export function ThemeSwitch({ theme }: { readonly theme: Theme }) {
  const t = useText();
  const fetcher = useFetcher({ key: 'theme' });
  const { pathname, search } = useLocation();
  return (
    <fetcher.Form method="post" action="/theme" className="switch theme-switch" preventScrollReset>
      <fieldset>
        <legend className="visually-hidden">{t('Colour theme')}</legend>
        <input type="hidden" name="to" value={pathname + search} />
        {themes.map((choice) => (
          <button key={choice} type="submit" name="theme" value={choice} aria-pressed={choice === theme}>
            <span aria-hidden="true" className="sign">
              {signs[choice]}
            </span>
            <span className="word">{t(labels[choice])}</span>
          </button>
        ))}
      </fieldset>
    </fetcher.Form>
  );
}
