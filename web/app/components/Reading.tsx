import { useText } from '../i18n/useText.js';
import { useReading } from '../useReading.js';

/** What scripts add to every page for its reader; what they did is said to who does not see it. */
export function Reading() {
  const t = useText();
  const said = useReading({ copied: t('Copied'), failed: t('Not copied: this browser does not let pages copy') });
  return (
    <p role="status" className="visually-hidden">
      {said}
    </p>
  );
}
