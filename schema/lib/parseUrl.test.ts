import { parseUrl } from './parseUrl.js';

describe('a URL', () => {
  it('is read alike however often it was read before', () => {
    const texts = ['http://EXÄMPLE.example', 'http://127.0.0\u00ad.1', 'http://plain.example', 'http://中.example'];
    const hosts = new Set<string>();
    for (let round = 0; round < 20_000; round += 1) {
      for (const text of texts) hosts.add(parseUrl(text)?.host ?? `no URL: ${text}`);
    }
    expect([...hosts]).toEqual(['xn--exmple-cua.example', '127.0.0.1', 'plain.example', 'xn--fiq.example']);
  });

  it('is none where a text names none', () => {
    for (const text of ['', 'plain', 'http://', 'http://a b.example']) expect(parseUrl(text)).toBeUndefined();
    expect(parseUrl('/path', new URL('http://base.example'))?.href).toBe('http://base.example/path');
  });
});
