import { addCatalogue, readLanguage, toTranslate } from './text.js';

const headersOf = (entries: Readonly<Record<string, string>>) => new Headers(entries);

describe('a text', () => {
  const german = toTranslate('de');

  beforeAll(() =>
    addCatalogue('de', { 'as of {block}': 'Stand {block}', '{n} job|{n} jobs': '{n} Auftrag|{n} Aufträge' }),
  );

  it('is English where no translation is, and keeps a placeholder without value', () => {
    expect(toTranslate('en')('as of {block}', { block: 7 })).toBe('as of 7');
    expect(german('nothing of {kind}', { other: 1 })).toBe('nothing of {kind}');
  });

  it('takes values as they are', () => {
    expect(german('as of {block}', { block: '$& {block}' })).toBe('Stand $& {block}');
  });

  it.each([
    [1, '1 Auftrag'],
    ['1', '1 Auftrag'],
    [0, '0 Aufträge'],
    ['12345678901234567890', '12,345,678,901,234,567,890 Aufträge'],
  ])('counts %j', (n, text) => {
    expect(german.count(n, '{n} job', '{n} jobs')).toBe(text);
  });
});

describe('the language of a page', () => {
  it.each([
    [{}, 'en'],
    [{ 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }, 'de'],
    [{ 'accept-language': 'fr, en;q=0.7, de;q=0.9' }, 'de'],
    [{ 'accept-language': 'de;q=0, en' }, 'en'],
    [{ 'accept-language': 'fr;q=x,,;;=' }, 'en'],
    [{ 'accept-language': 'de', cookie: 'theme=dark; language=en' }, 'en'],
    [{ cookie: 'language=de' }, 'de'],
    [{ cookie: 'language=xx', 'accept-language': 'de' }, 'de'],
  ])('of %j is %s', (entries, language) => {
    expect(readLanguage(headersOf(entries as Record<string, string>))).toBe(language);
  });

  it('is what its address asks for, before all else', () => {
    const headers = headersOf({ cookie: 'language=de' });
    expect(readLanguage(headers, '?page=2&lang=en')).toBe('en');
    expect(readLanguage(headers, '?lang=xx')).toBe('de');
  });
});
