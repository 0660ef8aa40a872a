import { isNow, parseMoment, toKept, withKept } from './moment.js';

describe('the moment in an address', () => {
  it.each(['', '?', '?page=2', '?at=', '?finality=latest', '?format=at'])('%j is now', (search) => {
    const moment = parseMoment(search);
    expect(moment && isNow(moment)).toBe(true);
  });

  it.each([
    ['?at=4221', { number: '4221' }, null],
    ['?at=31337:4221', { number: '4221' }, '31337'],
    ['?at=31337%3A4221', { number: '4221' }, '31337'],
    ['?at=2026-01-31', { timestamp: '2026-01-31T00:00:00.000Z' }, null],
    ['?at=2026-01-31T12:30', { timestamp: '2026-01-31T12:30:00.000Z' }, null],
    ['?at=2026-01-31+12:30', { timestamp: '2026-01-31T12:30:00.000Z' }, null],
    ['?page=2&at=+2026-01-31++12:30:07+UTC', { timestamp: '2026-01-31T12:30:07.000Z' }, null],
  ])('%j is a block or a time in UTC', (search, block, chain) => {
    expect(parseMoment(search)).toMatchObject({ block, chain, finality: null });
  });

  it('may be as sure as what is final', () => {
    expect(parseMoment('?finality=finalized')).toMatchObject({ block: null, finality: 'FINALIZED' });
    expect(parseMoment('?at=7&finality=safe')).toMatchObject({ block: { number: '7' }, finality: 'SAFE' });
  });

  it.each([
    '?at=yesterday',
    '?at=-1',
    '?at=0x10',
    '?at=1e9',
    '?at=2026-13-01',
    '?at=2026-01-31+25:00',
    '?at=1:2:3',
    '?finality=sure',
  ])('%j names none, and is not taken for now', (search) => {
    expect(parseMoment(search)).toBeNull();
  });
});

describe('links', () => {
  it('keep the language of an address that names one', () => {
    expect(withKept('/jobs?page=2', toKept('?lang=de&sort=jobs'))).toBe('/jobs?page=2&lang=de');
  });

  const kept = toKept('?page=2&at=31337:7&sort=jobs');

  it.each([
    ['/jobs', '/jobs?at=31337%3A7'],
    ['/jobs?page=3#rows', '/jobs?page=3&at=31337%3A7#rows'],
    ['?sort=stake', '?sort=stake&at=31337%3A7'],
    ['/jobs?at=9', '/jobs?at=9'],
    ['#rows', '#rows'],
    ['https://elsewhere.example/', 'https://elsewhere.example/'],
    ['//elsewhere.example/', '//elsewhere.example/'],
  ])('%s keeps the moment: %s', (to, href) => {
    expect(withKept(to, kept)).toBe(href);
    expect(withKept(to, toKept('?page=2'))).toBe(to);
  });
});
