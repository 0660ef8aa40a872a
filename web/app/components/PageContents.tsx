import { useText } from '../i18n/useText.js';

export interface PagePart {
  /** Of the element it leads to. */
  readonly id: string;
  /** Translated. */
  readonly title: string;
}

/** Where the parts of a long page are; for whom they are, a heading says. Stays on top while one reads on a wide screen. */
export function PageContents({
  groups,
}: {
  readonly groups: readonly { readonly title: string; readonly parts: readonly PagePart[] }[];
}) {
  const t = useText();
  return (
    <nav className="contents" aria-label={t('On this page')}>
      {groups.map(({ title, parts }) => (
        <div key={title} className="contents-group">
          <span className="contents-title">{title}</span>
          <ul>
            {parts.map((part) => (
              <li key={part.id}>
                <a href={`#${part.id}`}>{part.title}</a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
