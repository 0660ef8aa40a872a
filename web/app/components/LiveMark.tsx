import { useText } from '../i18n/useText.js';
import type { StreamState } from '../useStream.js';

/** How soon the page tells of a change; without scripts it does not, and says nothing. */
export function LiveMark({ state }: { readonly state: StreamState }) {
  const t = useText();
  return (
    <span
      className={`live-mark live-mark-${state}`}
      title={state === 'open' ? t('Changes show as their blocks are read') : t('Looks for changes every 5 seconds')}
    >
      {state === 'open' ? t('Live') : t('Every 5 s')}
    </span>
  );
}
