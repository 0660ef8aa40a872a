import { fileURLToPath } from 'node:url';
import { readDocs } from './readDocs.js';
import { renderDoc } from './renderDoc.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('a document as a page', () => {
  const render = (text: string) =>
    renderDoc(text, { path: 'docs/a.md', toAddress: (path) => (path === 'docs/b.md' ? '/docs/b' : null) });

  it('has anchors at its headings, each its own', () => {
    const { html, headings } = render('# A `b` c\n\n## What it is?\n\n## What it is\n');
    expect(headings).toEqual([
      { id: 'a-b-c', text: 'A b c', level: 1 },
      { id: 'what-it-is', text: 'What it is?', level: 2 },
      { id: 'what-it-is-1', text: 'What it is', level: 2 },
    ]);
    expect(html).toContain('<h2 id="what-it-is-1">What it is <a class="anchor" href="#what-it-is-1"');
  });

  it('leads to other documents, to other sites, and from a file of the source to nowhere', () => {
    const { html } = render('[b](b.md#x) [c](../c.ts) [d](https://d.example) [e](#e) [f](javascript:alert(1))');
    expect(html).toContain('<a href="/docs/b#x">b</a>');
    expect(html).toContain('<a title="../c.ts">c</a>');
    expect(html).toContain('<a href="https://d.example" rel="noreferrer">d</a>');
    expect(html).toContain('<a href="#e">e</a>');
    expect(html).not.toContain('href="javascript');
  });

  it('has no heading in a corner of a table that heads nothing', () => {
    const { html } = render('| | bar |\n|---|---|\n| a | 1 |\n');
    expect(html).toContain('<tr>\n<td></td>\n<th>bar</th>\n</tr>');
  });

  it('shows markup as the text it is', () => {
    const { html } = render('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n```html\n<b>"&\n```\n');
    expect(html).not.toMatch(/<(script|img|b)\b/);
    expect(html).toContain('&lt;b&gt;&quot;&amp;');
  });
});

describe('the documents of the project', () => {
  it('are all there, with title and summary, and their links lead somewhere', async () => {
    const docs = await readDocs(root);
    const slugs = docs.entries.map(({ slug }) => slug);
    expect(slugs).toEqual(
      expect.arrayContaining(['readme', 'architecture', 'graphql', 'score', 'decisions/0019-live']),
    );
    for (const { slug, title, summary } of docs.entries) {
      expect([slug, title.length > 2, summary.length > 10]).toEqual([slug, true, true]);
      const { html, headings } = docs.find(slug) ?? { html: '', headings: [] };
      expect(headings.filter(({ level }) => level === 1)).toHaveLength(1);
      for (const [, href = ''] of html.matchAll(/<a href="([^"]*)"/g)) {
        if (href.startsWith('http')) continue;
        const [address = '', hash] = href.split('#');
        const target = address === '' ? slug : address.slice('/docs/'.length);
        if (target.startsWith('files/')) expect(docs.findFile(target.slice(6))).toBeDefined();
        else if (address !== '/docs') {
          const there = docs.find(target);
          expect([slug, href, there?.slug]).toEqual([slug, href, target]);
          if (hash) expect([slug, href, there?.headings.some(({ id }) => id === hash)]).toEqual([slug, href, true]);
        }
      }
    }
  });

  it('are an empty list where there are none', async () => {
    const docs = await readDocs('/nowhere');
    expect([docs.entries, docs.find('graphql'), docs.findFile('../package.json')]).toEqual([[], undefined, undefined]);
  });
});
