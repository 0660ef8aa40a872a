import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';

export interface Heading {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

export interface RenderedDoc {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** Where a link between files leads on these pages; null: to no page, such as to a file of the source. */
export type ToAddress = (path: string) => string | null;

interface Env {
  /** Of the file, from the root of the project. */
  readonly path: string;
  readonly toAddress: ToAddress;
  readonly headings: Heading[];
}

/** No raw HTML, and no addresses but those that markdown-it takes for harmless: the documents are ours, and so is what they may do. */
const markdown = new MarkdownIt({ html: false, linkify: false });

/** A document as HTML: headings with anchors, links that lead to pages, what is wide in a region that scrolls by itself. */
export function renderDoc(text: string, { path, toAddress }: Pick<Env, 'path' | 'toAddress'>): RenderedDoc {
  const env: Env = { path, toAddress, headings: [] };
  return { html: markdown.render(text, env), headings: env.headings };
}

type Rule = NonNullable<MarkdownIt['renderer']['rules'][string]>;

const heading: Rule = (tokens, index, options, env: Env, self) => {
  const token = tokens[index];
  const text = toPlain(tokens[index + 1]);
  const id = toUnique(toSlug(text), env.headings);
  env.headings.push({ id, text, level: Number(token?.tag.slice(1)) });
  token?.attrSet('id', id);
  return self.renderToken(tokens, index, options);
};

const headingEnd: Rule = (tokens, index, options, env: Env, self) => {
  const { id, level } = env.headings.at(-1) ?? { id: '', level: 1 };
  const anchor = level > 1 ? ` <a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a>` : '';
  return anchor + self.renderToken(tokens, index, options);
};

const link: Rule = (tokens, index, options, env: Env, self) => {
  const token = tokens[index];
  const href = token?.attrGet('href') ?? '';
  const address = toHref(href, env);
  if (token && address === null) {
    // The text stays, and says which file it is.
    token.attrs = [['title', decodeURI(href)]];
  } else if (token && address) {
    token.attrSet('href', address);
    if (/^https?:/.test(address)) token.attrSet('rel', 'noreferrer');
  }
  return self.renderToken(tokens, index, options);
};

/** A corner that heads nothing is a plain cell. */
const headCell: Rule = (tokens, index, options, _env, self) => {
  const [cell, content, end] = tokens.slice(index, index + 3);
  if (cell && end && content?.content === '') cell.tag = end.tag = 'td';
  return self.renderToken(tokens, index, options);
};

markdown.renderer.rules.heading_open = heading;
markdown.renderer.rules.heading_close = headingEnd;
markdown.renderer.rules.link_open = link;
markdown.renderer.rules.th_open = headCell;
markdown.renderer.rules.table_open = () => '<div class="doc-table" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';
markdown.renderer.rules.fence = toCode;
markdown.renderer.rules.code_block = toCode;

function toCode(tokens: Parameters<Rule>[0], index: number): string {
  const text = markdown.utils.escapeHtml(tokens[index]?.content ?? '');
  return `<div class="code"><pre tabindex="0"><code>${text}</code></pre></div>\n`;
}

function toHref(href: string, { path, toAddress }: Env): string | null {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [file = '', hash] = href.split('#');
  const address = toAddress(posix.join(posix.dirname(path), decodeURI(file)));
  return address && (hash ? `${address}#${hash}` : address);
}

/** The words, without what marks them; a line that goes on is one. */
function toPlain(
  inline: { readonly children: readonly { readonly type: string; readonly content: string }[] | null } | undefined,
): string {
  return (inline?.children ?? []).map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

/** As readers of GitHub know it, for documents link to each other's headings. */
function toSlug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function toUnique(slug: string, headings: readonly Heading[]): string {
  const taken = new Set(headings.map(({ id }) => id));
  if (!taken.has(slug)) return slug;
  let number = 1;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

const MAX_SUMMARY = 200;

/** Its title, and its first paragraph as a line of text. */
export function describeDoc(text: string): { readonly title: string; readonly summary: string } {
  const tokens = markdown.parse(text, {});
  const after = (type: string) => toPlain(tokens[tokens.findIndex((token) => token.type === type) + 1]);
  const words = after('paragraph_open').replace(/\s+/g, ' ');
  const summary = words.length > MAX_SUMMARY ? `${words.slice(0, MAX_SUMMARY).replace(/\W+\w*$/, '')} …` : words;
  return { title: after('heading_open'), summary };
}
