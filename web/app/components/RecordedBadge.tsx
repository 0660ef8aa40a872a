import { useText } from '../i18n/useText.js';

/** Marks data that was read from a file rather than followed live. */
export function RecordedBadge({ notice }: { readonly notice: string | null }) {
  const t = useText();
  return (
    <span className="badge badge-recorded" title={notice ?? t('Recorded history')}>
      {t('recorded')}
    </span>
  );
}
