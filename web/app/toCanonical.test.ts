import { toAlternates, toCanonical } from './toCanonical.js';

const toAddress = (search: string, distinct: readonly string[] = [], pathname = '/jobs') => ({
  ...{ pathname, search, distinct },
});

describe('the canonical address', () => {
  it.each([
    ['', [], '/jobs'],
    ['?at=2026-01-31&finality=safe&sort=stake&columns=id&utm_source=x', [], '/jobs'],
    ['?page=3&network=a&status=failed&at=7', ['network', 'status', 'page'], '/jobs?network=a&status=failed&page=3'],
    ['?status=failed&network=a', ['network', 'status', 'page'], '/jobs?network=a&status=failed'],
    ['?page=1&network=', ['network', 'page'], '/jobs'],
    ['?lang=de&network=a&at=7', ['network'], '/jobs?network=a&lang=de'],
    ['?lang=xx', [], '/jobs'],
  ])('of %j is without what is another view of the same page', (search, distinct, path) => {
    expect(toCanonical(toAddress(search, distinct))).toBe(path);
  });

  it('has no slash at its end but for the first page', () => {
    expect(toCanonical(toAddress('', [], '/jobs/'))).toBe('/jobs');
    expect(toCanonical(toAddress('', [], '/'))).toBe('/');
  });

  it('is there in each language, and for whoever asks for none', () => {
    expect(toAlternates(toAddress('?network=a&lang=de&page=1', ['network', 'page']))).toEqual([
      { language: 'en', path: '/jobs?network=a&lang=en' },
      { language: 'de', path: '/jobs?network=a&lang=de' },
      { language: 'x-default', path: '/jobs?network=a' },
    ]);
  });
});
