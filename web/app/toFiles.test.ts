import { now, parseMoment } from './moment.js';
import { toFiles } from './toFiles.js';

describe('the files of a list', () => {
  it('are of exactly its rows', () => {
    const { csv, parquet } = toFiles({
      list: 'jobs',
      where: { provider: 'a:0x1&b' },
      orderBy: 'createdAt',
      orderDirection: 'desc',
    });
    const url = new URL(csv, 'http://localhost');
    expect(url.pathname).toBe('/export/jobs.csv');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      where: '{"provider":"a:0x1&b"}',
      orderBy: 'createdAt',
      orderDirection: 'desc',
    });
    expect(parquet).toMatch(/^\/export\/jobs\.parquet\?/);
  });

  it('are as of the moment of the page', () => {
    const { ndjson } = toFiles({ list: 'payouts' }, parseMoment('?at=7&finality=safe') ?? now);
    expect(Object.fromEntries(new URL(ndjson, 'http://localhost').searchParams)).toEqual({
      block: '{"number":"7"}',
      finality: 'SAFE',
    });
  });
});
