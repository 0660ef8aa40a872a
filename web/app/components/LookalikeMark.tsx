import { useText } from '../i18n/useText.js';
import { isLookalike } from '../lookalike.js';

/** Says that a name has letters that look like others; nothing where it has none. */
export function LookalikeMark({ name }: { readonly name: string }) {
  const t = useText();
  if (!isLookalike(name)) return null;
  return (
    <span
      className="badge badge-mixed"
      title={t('Some letters are of another alphabet than they look like: compare the address.')}
    >
      <span aria-hidden="true">≈</span> {t('look-alike letters')}
    </span>
  );
}
