import { toDocGroups } from './toDocGroups.js';

const entry = (slug: string) => ({ slug, title: slug, summary: '' });

describe('the list of documents', () => {
  it('has every one once, decisions under their own title, and what nobody placed under "More"', () => {
    const groups = toDocGroups(['score', 'new-one', 'graphql', 'decisions/0001-x', 'live'].map(entry));
    expect(groups.map(({ id, docs }) => [id, docs.map(({ slug }) => slug)])).toEqual([
      ['ask', ['graphql', 'live']],
      ['score', ['score']],
      ['more', ['new-one']],
      ['decisions', ['decisions/0001-x']],
    ]);
  });
});
