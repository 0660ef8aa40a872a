import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { Link } from '../components/Link.js';
import { textOf, useText } from '../i18n/useText.js';

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  { title: `${data ? data.title : textOf(matches)('Not found')} · Computescan` },
  { name: 'description', content: data?.summary ?? '' },
];

export function loader({ context, params }: LoaderFunctionArgs) {
  const doc = context.docs.find(params['*'] ?? '');
  if (!doc) throw new Response(null, { status: 404 });
  return doc;
}

/** Fewer are seen at a glance. */
const MIN_CONTENTS = 3;

export default function Document() {
  const t = useText();
  const { slug, html, headings } = useLoaderData<typeof loader>();
  const article = useRef<HTMLElement>(null);
  const copy = t('Copy');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document has other blocks of code.
  useEffect(() => addCopyButtons(article.current, copy), [html, copy]);
  const parts = headings.filter(({ level }) => level === 2);
  return (
    <div className="doc-page">
      <nav className="doc-contents" aria-label={t('In this document')}>
        <p>
          <Link to="/docs">← {t('All documents')}</Link>
        </p>
        {parts.length < MIN_CONTENTS ? null : (
          <ul lang="en">
            {parts.map(({ id, text }) => (
              <li key={id}>
                <a href={`#${id}`}>{text}</a>
              </li>
            ))}
          </ul>
        )}
      </nav>
      <article
        key={slug}
        ref={article}
        className="doc"
        lang="en"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our server from our documents, in which HTML counts as text.
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </div>
  );
}

/** Each block of code gets a button, which `useReading` answers; without scripts there is none. */
function addCopyButtons(article: HTMLElement | null, word: string) {
  if (!article) return undefined;
  const buttons = [...article.querySelectorAll('.code')].map((block) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = word;
    button.dataset.copy = block.querySelector('code')?.textContent ?? '';
    block.append(button);
    return button;
  });
  return () => {
    for (const button of buttons) button.remove();
  };
}
