import {
  type HostileSite,
  hostileStrings,
  listHostilePages,
  listPagesOfString,
  openHostileSite,
} from './openHostileSite.js';

/** `npm test -- hostilePages`: every string in every field of every page, on a phone and on a wide screen. */
describe.each([390, 1_440])('every hostile string on every page, %i wide', (width) => {
  let site: HostileSite | undefined;

  beforeAll(async () => {
    site = await openHostileSite(hostileStrings, { viewport: { width, height: 900 } });
  }, 120_000);

  afterAll(() => site?.close());

  it('runs nothing, loads nothing, breaks nothing', async () => {
    if (!site) return;
    const found: Record<string, readonly string[]> = {};
    for (const path of [
      ...listHostilePages(hostileStrings.length),
      ...hostileStrings.flatMap((_, index) => listPagesOfString(index)),
    ]) {
      const flaws = await site.look(path);
      if (flaws.length > 0) found[path] = flaws;
    }
    expect(found).toEqual({});
    expect(await site.plant()).toEqual(expect.arrayContaining([expect.stringMatching(/^policy: img-src .*planted/)]));
  }, 1_800_000);
});
