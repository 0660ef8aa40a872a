import { createLinkFinder, type LinkFinder } from './createLinkFinder.js';

const AT = 1_000;

/** Two providers that an owner makes one operator of. */
function find(bornAt: readonly [number, number], before?: LinkFinder) {
  const providers = bornAt.map((at, index) => ({
    id: `p${index}`,
    bornAt: at,
    accounts: [{ account: 'owner', from: 500, reason: 'owner' as const }],
    hardware: [],
  }));
  const finder = createLinkFinder({ providers, buyers: [], buyerRecords: [], timelines: [] }, before);
  return { finder, links: finder.findLinks(AT) };
}

describe('links of an earlier state of the record', () => {
  it('are kept where all is the same', () => {
    const before = find([100, 200]);
    expect(find([100, 200], before.finder).links).toBe(before.links);
  });

  it('are found anew where another provider is known longest by now', () => {
    const before = find([100, 200]);
    expect([...before.links.operatorOf]).toEqual([0, 0]);
    expect([...find([300, 200], before.finder).links.operatorOf]).toEqual([1, 1]);
  });
});
