import { toCount } from '../format.js';

/**
 * The message catalogue. A text stands in English where it is shown, and that English text is its key; another language is a record of
 * key to text in `i18n/<language>/`. `i18n.test.ts` reads the sources and fails for a text without its translation, for a translation that
 * nothing shows, and for placeholders that differ.
 *
 *   t('Data as of {block}', { block })         a text with values in it
 *   t.count(jobs, '{n} job', '{n} jobs')       one and many; its key is `{n} job|{n} jobs`
 *   key('Own price')                           marks a constant that a component later gives to t()
 *   <Rich text="See {status}." status={…} />   a text with elements in it
 *
 * What comes from a chain, from the API's catalogue of metrics, or is a number or a time is not translated.
 */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export type Catalogue = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

export interface Translate {
  (english: string, values?: Values): string;
  /** `n` is a whole number, of any length as a string; it stands for `{n}` with its thousands separated. */
  count(n: string | number, one: string, many: string, values?: Values): string;
  readonly language: Language;
}

const catalogues = new Map<Language, Catalogue>();
const translates = new Map<Language, Translate>();

/** The server adds all before it answers; the browser the one of its page before it takes that page over. */
export function addCatalogue(language: Language, catalogue: Catalogue): void {
  catalogues.set(language, catalogue);
}

/** A constant text that is translated where it is shown. */
export function key(english: string): string {
  return english;
}

export function toTranslate(language: Language): Translate {
  const known = translates.get(language);
  if (known) return known;
  const find = (english: string) => catalogues.get(language)?.[english] ?? english;
  const translate = Object.assign((english: string, values?: Values) => fill(find(english), values), {
    count(n: string | number, one: string, many: string, values?: Values) {
      const [single = one, several = many] = find(`${one}|${many}`).split('|');
      return fill(String(n) === '1' ? single : several, { ...values, n: toCount(n) });
    },
    language,
  });
  translates.set(language, translate);
  return translate;
}

/** Placeholders that have no value stay as they are. */
function fill(text: string, values: Values | undefined): string {
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)) : text;
}

/**
 * What the address asks for, by which search engines find each language; else a cookie, the reader's choice; else what the browser asks for
 * first among the languages there are; else English.
 */
export function readLanguage(headers: { get(name: string): string | null }, search = ''): Language {
  const chosen = /(?:^|;\s*)language=([a-z]+)/.exec(headers.get('cookie') ?? '')?.[1];
  return (
    readLanguageParameter(search) ?? parseLanguage(chosen) ?? toFirstAccepted(headers.get('accept-language') ?? '')
  );
}

export function readLanguageParameter(search: string): Language | undefined {
  return search.includes('lang=') ? parseLanguage(new URLSearchParams(search).get('lang')) : undefined;
}

export function parseLanguage(value: unknown): Language | undefined {
  return languages.find((language) => language === value);
}

function toFirstAccepted(header: string): Language {
  const asked = header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { language: parseLanguage(tag.split('-', 1)[0]), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => language && quality > 0);
  return asked.toSorted((one, other) => other.quality - one.quality)[0]?.language ?? 'en';
}

const YEAR_SECONDS = 31_536_000;

export function toLanguageCookie(language: Language): string {
  return `language=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
