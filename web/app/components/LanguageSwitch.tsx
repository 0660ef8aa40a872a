import { Form, useLocation } from '@remix-run/react';
import { type Language, languages } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';

/** Each language in its own words. */
const names: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** A whole page load, with JavaScript too: the catalogue of another language comes with its page. */
export function LanguageSwitch() {
  const t = useText();
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  // The language of an address stands before the one that is chosen.
  params.delete('lang');
  return (
    <Form method="post" action="/language" reloadDocument className="switch">
      <fieldset>
        <legend className="visually-hidden">{t('Language')}</legend>
        <input type="hidden" name="to" value={params.size > 0 ? `${pathname}?${params}` : pathname} />
        {languages.map((language) => (
          <button
            key={language}
            type="submit"
            name="language"
            value={language}
            lang={language}
            aria-pressed={language === t.language}
          >
            {names[language]}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
