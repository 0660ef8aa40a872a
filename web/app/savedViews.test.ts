import { keepView, readViews, writeViews } from './savedViews.js';

const holding = (text: string | null) => ({ getItem: () => text });

describe('saved views', () => {
  it('come back as they were kept, the newest first, each address once', () => {
    let text = '';
    const setItem = (_: string, value: string) => {
      text = value;
    };
    const cheap = { name: 'cheap', path: '/providers?sort=latestPrice&dir=asc' };
    const views = keepView(keepView(keepView([], cheap), { name: 'jobs', path: '/jobs' }), {
      ...cheap,
      name: 'cheapest',
    });
    expect(writeViews({ setItem }, views)).toBe(true);
    expect(readViews(holding(text)).map(({ name }) => name)).toEqual(['cheapest', 'jobs']);
  });

  it.each([
    null,
    '',
    '{',
    '{}',
    '[1, null, {}]',
    '[{"name":"x","path":"javascript:alert(1)"}]',
    '[{"name":"x","path":"//evil.example"}]',
    '[{"name":"x","path":"/\\\\evil.example"}]',
    '[{"name":"x","path":"https://evil.example"}]',
    '[{"name":7,"path":"/"}]',
  ])('are none in %j', (text) => {
    expect(readViews(holding(text))).toEqual([]);
  });

  it('do without a storage that is closed', () => {
    const closed = () => {
      throw new Error('SecurityError');
    };
    expect(readViews({ getItem: closed })).toEqual([]);
    expect(writeViews({ setItem: closed }, [])).toBe(false);
  });
});
