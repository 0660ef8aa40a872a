import { shortenPair, shortenUri, toArgsText, withShortName } from './shorten.js';

const MEGABYTE = 'x'.repeat(1_000_000);

describe('texts of any size', () => {
  it('a name is cut, and is none when nothing of it can be seen', () => {
    expect(withShortName({ id: '1', name: MEGABYTE }).name).toHaveLength(80);
    expect(withShortName({ id: '1', name: '\u3164\u2800' })).toEqual({ id: '1', name: null });
    expect(withShortName({ id: '1', name: null }).name).toBeNull();
  });

  it('a pair is cut on both sides', () => {
    const { name, value } = shortenPair({ name: MEGABYTE, value: MEGABYTE });
    expect([name.length, value.length]).toEqual([80, 200]);
  });

  it('an address is followed whole or not at all', () => {
    expect(shortenUri('https://pool.example/')).toEqual({
      text: 'https://pool.example/',
      address: 'https://pool.example/',
    });
    const { text, address } = shortenUri(`https://pool.example/${MEGABYTE}`);
    expect([text.length, address]).toEqual([200, null]);
    const altered = [{ attribute: 'uri' }];
    expect(shortenUri('https://pool.example/', altered).address).toBeNull();
    for (const other of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://pool.example',
      '//pool.example',
      'pool.example',
    ]) {
      expect(shortenUri(other)).toEqual({ text: other, address: null });
    }
  });

  it('arguments say where they were cut', () => {
    expect(toArgsText({ value: '3' })).toBe('{\n  "value": "3"\n}');
    const many = toArgsText(Array.from({ length: 1_000 }, (_, index) => String(index)));
    expect(many.length).toBeLessThanOrEqual(2_001);
    expect(many.endsWith('…')).toBe(true);
    expect(toArgsText({ text: MEGABYTE }).length).toBeLessThan(500);
    expect(toArgsText({ text: MEGABYTE }).endsWith('…')).toBe(true);
    expect(toArgsText(undefined)).toBe('');
  });
});
