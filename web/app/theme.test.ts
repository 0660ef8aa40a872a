import { toLocalPath } from './theme.js';

describe('the way back after a choice of theme', () => {
  it.each(['/', '/jobs?status=open&page=2', '/providers/net%3A0x01'])('keeps the path %s', (path) => {
    expect(toLocalPath(path)).toBe(path);
  });

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    '/日本',
    '/a b',
    '/a\r\nb',
    '',
    null,
  ])('leads home in place of %j', (path) => {
    expect(toLocalPath(path)).toBe('/');
  });
});
