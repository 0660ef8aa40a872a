import { toClean, toDuration, toUsdAmount, toUtcSecond } from '../format.js';
import { key, type Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';

export interface UsdValue {
  readonly value: string | null;
  readonly reason: string | null;
  readonly source: string | null;
  readonly note: string | null;
  readonly pair: string | null;
  readonly rate: string | null;
  readonly answeredAt: string | null;
  readonly age: number | null;
}

export interface UsdProps {
  readonly usd: UsdValue;
  /** What it is for: `hour`, `task`; absent for an amount that moved. */
  readonly per?: string;
  /** False where the page says once for all of them that their rate was set by somebody. */
  readonly marksRate?: boolean;
}

/** What an amount was worth at its block; else why that is not known, in two words and, on hover, in a sentence. */
export function Usd({ usd, per, marksRate = true }: UsdProps) {
  const t = useText();
  const { value } = usd;
  if (value === null) {
    const { short, long } = reasons[usd.reason ?? ''] ?? unknownReason;
    return (
      <span
        className="missing"
        title={t('No USD: {reason}', { reason: usd.reason === 'NO_FEED' && usd.note ? usd.note : t(long) })}
      >
        {t(short)}
      </span>
    );
  }
  const { text, exact } = toUsdAmount(value);
  return (
    <span className="usd">
      <span className="amount" title={`${exact} USD${toOrigin(usd, t)}`}>
        {text} <span className="unit">USD{per ? ` / ${toClean(per, 16)}` : ''}</span>
      </span>{' '}
      {usd.source === 'STATIC' && marksRate ? (
        <span className="badge badge-quiet" title={toClean(usd.note ?? '', 200)}>
          {t('set rate')}
        </span>
      ) : null}
    </span>
  );
}

const reasons: Readonly<Record<string, { readonly short: string; readonly long: string }>> = {
  NO_FEED: { short: key('no feed'), long: key('No price feed of the token is known on its chain.') },
  NO_ANSWER: { short: key('no price yet'), long: key('The price feed had not answered by then.') },
  INVALID: { short: key('no valid price'), long: key('The price feed had given no price above zero by then.') },
  STALE: { short: key('stale price'), long: key("The price feed's last answer was too old by then.") },
};
const unknownReason = { short: key('unknown'), long: key('The reason is not known.') };

function toOrigin({ source, note, pair, rate, answeredAt, age }: UsdValue, t: Translate): string {
  if (source === 'STATIC') return ` ${t('at {rate}. {note}', { rate: rate ?? '', note: toClean(note ?? '', 200) })}`;
  if (!pair || !rate || !answeredAt || age === null) return '';
  return ` ${t('at {rate}, {pair} of {time}, {duration} before its block', { rate, pair, time: toUtcSecond(answeredAt), duration: toDuration(age) })}`;
}
