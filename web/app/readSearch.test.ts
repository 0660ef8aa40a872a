import { readSearch, searchLabels, searchTries } from './readSearch.js';

const hex = (digits: number) => `0x${'aB'.repeat(32).slice(0, digits)}`;

describe('what is typed into the search box', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    [hex(40), 'address'],
    [hex(40).slice(2), 'address'],
    [hex(64), 'hash'],
    [hex(64).slice(2), 'hash'],
    [hex(4), 'beginning'],
    [hex(41), 'beginning'],
    ['4224', 'number'],
    ['123456789012345678', 'name'],
    ['31337-4224-5', 'event'],
    ['compute-market-devnet:1116', 'id'],
    [`iexec-devnet:${hex(64)}`, 'id'],
    ['Aurora Compute', 'name'],
    ['0xMiner', 'name'],
    ['deadbeef', 'name'],
    ['Zürich‮', 'name'],
  ] as const)('%j is of kind %s', (typed, kind) => {
    expect(readSearch(typed)).toMatchObject({ kind, refusal: null });
  });

  it.each([
    ['0x', 'Give at least four digits after 0x.', 0],
    ['0xabc', 'Give at least four digits after 0x.', 0],
    [`${hex(40).slice(0, -1)}g`, 'After 0x only the digits 0–9 and a–f can follow.', 0],
    [`${hex(64)}0`, 'An address has 40 digits after 0x and a transaction or a job 64: these are {n}.', 65],
    ['x'.repeat(257), 'These are {n} characters: give one name, id, address or hash.', 257],
    ['\u200b\u202e', 'Nothing of this can be seen: type it again.', 0],
  ])('%j can be nothing: %s', (typed, refusal, count) => {
    expect(readSearch(typed)).toMatchObject({ refusal, count });
  });

  it('is asked for without what cannot be seen', () => {
    expect(readSearch(' \u202eAurora \t\n Compute\u200b ').text).toBe('Aurora Compute');
  });

  it('has a label for every kind, and what is tried for every one but nothing', () => {
    expect(Object.keys(searchTries)).toEqual(Object.keys(searchLabels));
    expect(Object.entries(searchTries).filter(([, tries]) => tries.length === 0)).toEqual([['empty', []]]);
  });
});
