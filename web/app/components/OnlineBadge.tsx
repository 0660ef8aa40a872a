import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { useIsPast } from '../keptMoment.js';
import { NoValue } from './Missing.js';

/** Whether a node is there, in words; each state has a sign of its own, so that colour is never alone. */
export function OnlineBadge({ online }: { readonly online: boolean | null }) {
  const t = useText();
  if (useIsPast()) return <NoValue kind="unavailable" reason={t('Who is online is known of now only')} />;
  const { tone, sign, label, title } = states[String(online) as keyof typeof states];
  return (
    <span className={`badge badge-${tone}`} title={t(title)}>
      <span aria-hidden="true">{sign}</span> {t(label)}
    </span>
  );
}

const states = {
  true: {
    tone: 'good',
    sign: '●',
    label: key('Online'),
    title: key('Signed beats come in: at most two minutes in a row were missed of those that we saw'),
  },
  false: {
    tone: 'bad',
    sign: '○',
    label: key('Silent'),
    title: key('Three minutes in a row that we saw went without a beat, and no two with one since'),
  },
  null: {
    tone: 'quiet',
    sign: '?',
    label: key('Not known'),
    title: key('Never heard, or we saw too little of the last minutes'),
  },
} as const;
