import {
  type HostileSite,
  hostileStrings,
  listHostilePages,
  listPagesOfString,
  openHostileSite,
} from './openHostileSite.js';

/** Pages of every seventeenth string, and of words that each object knows; `npm test -- hostilePages` looks at those of every one. */
const STEP = 17;
const inherited = ['__proto__', 'constructor'];

describe('strings that somebody put on a chain to do harm', () => {
  let site: HostileSite | undefined;

  beforeAll(async () => {
    site = await openHostileSite(hostileStrings, { viewport: { width: 390, height: 844 } });
  }, 120_000);

  afterAll(() => site?.close());

  it('are more than a hundred, each another one', () => {
    expect(new Set(hostileStrings).size).toBe(hostileStrings.length);
    expect(hostileStrings.length).toBeGreaterThan(100);
  });

  it('fault 33: stay text in every list and on pages of their own: nothing runs, is loaded or breaks the layout', async () => {
    if (!site) return;
    const sample = hostileStrings.flatMap((text, index) =>
      index % STEP === 0 || inherited.includes(text) ? listPagesOfString(index) : [],
    );
    const found: Record<string, readonly string[]> = {};
    for (const path of [...listHostilePages(hostileStrings.length), ...sample]) {
      const flaws = await site.look(path);
      if (flaws.length > 0) found[path] = flaws;
    }
    expect(found).toEqual({});
  }, 240_000);

  it('would be found out: what is planted is reported', async () => {
    expect(await site?.plant()).toEqual(
      site && expect.arrayContaining([expect.stringMatching(/^policy: img-src .*planted/)]),
    );
  });
});
