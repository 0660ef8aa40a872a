import {
  LAST_PAGE,
  parseId,
  readNetwork,
  readPage,
  readSorting,
  splitWindow,
  toSearch,
  toWindow,
} from './listState.js';

const query = (text: string) => new URLSearchParams(text);

describe('the state of a list in its URL', () => {
  it('falls back where the URL says nothing or nonsense', () => {
    const fallback = { key: 'jobs', direction: 'desc' } as const;
    expect(readSorting(query(''), ['jobs', 'id'], fallback)).toEqual(fallback);
    expect(readSorting(query('sort=__proto__&dir=up'), ['jobs', 'id'], fallback)).toEqual(fallback);
    expect(readSorting(query('sort=id&dir=asc'), ['jobs', 'id'], fallback)).toEqual({ key: 'id', direction: 'asc' });
  });

  it('reads a network in the letter case of its id', () => {
    expect(readNetwork(query('network=Livepeer-RECORDED'))).toBe('livepeer-recorded');
    expect(readNetwork(query('network='))).toBeUndefined();
  });

  it('keeps the page inside what the API serves', () => {
    expect(
      ['', 'page=0', 'page=-3', 'page=1e9', 'page=2.5', 'page=x', 'page=3'].map((text) => readPage(query(text))),
    ).toEqual([1, 1, 1, LAST_PAGE, 1, 1, 3]);
    expect(toWindow(LAST_PAGE).skip).toBe(5_000);
  });

  it('knows from one row more whether a page follows', () => {
    const rows = Array.from({ length: 51 }, (_, index) => index);
    expect(splitWindow(rows, 1)).toEqual({ rows: rows.slice(0, 50), hasNext: true });
    expect(splitWindow(rows.slice(0, 50), 1).hasNext).toBe(false);
    expect(splitWindow(rows, LAST_PAGE).hasNext).toBe(false);
  });

  it('takes as an id only what can be one', () => {
    expect(parseId('iexec-devnet:0xab')).toBe('iexec-devnet:0xab');
    expect([parseId(''), parseId(null), parseId('a\u0000b'), parseId('x'.repeat(301))]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('changes one value and keeps the others', () => {
    expect(toSearch(query('network=a&page=4&sort=stake'), { page: null, sort: 'paid' })).toBe('?network=a&sort=paid');
    expect(toSearch(query('network=&page=2'), { page: null })).toBe('?');
  });
});
