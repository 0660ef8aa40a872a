import { toCount, toShare, toUptime, toUsdAmount, toUtcSecond } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { NoValue } from './Missing.js';
import { toPercent, toPoints } from './points.js';

/*
 * What a buyer reads in one cell: the figure, and below it what it stands on. A figure without evidence is a dash with its reason, never a
 * zero.
 */

export interface UsdCellProps {
  readonly value: string;
  readonly below?: string;
  readonly title?: string;
}

export function UsdCell({ value, below, title }: UsdCellProps) {
  const { text, exact } = toUsdAmount(value);
  return (
    <span className="stacked" title={`${exact} USD${title ? `. ${title}` : ''}`}>
      <span className="amount">
        {`${text} `}
        <span className="unit">USD</span>
      </span>
      {below ? <span className="age">{below}</span> : null}
    </span>
  );
}

export interface HourPrice {
  readonly usd: string | null;
  readonly inToken: string;
  readonly at: string;
  readonly samples: number;
  readonly probed: boolean;
  readonly token: { readonly symbol: string };
}

/** What a GPU-hour costs by one who says so: in USD, or in whole tokens where nobody knows what those are worth. */
export function HourPriceCell({ price, none }: { readonly price: HourPrice | null; readonly none: string }) {
  const t = useText();
  if (!price) return <NoValue reason={none} />;
  const { usd, inToken, at, samples, probed, token } = price;
  const when = t('{amount} {symbol} per GPU-hour, {time}', {
    ...{ amount: toUsdAmount(inToken).exact, symbol: token.symbol, time: toUtcSecond(at) },
  });
  const title = probed ? `${when}. ${t('Asked for off chain.')}` : when;
  const below = t.count(samples, 'of {n}', 'of {n}');
  if (usd !== null) return <UsdCell value={usd} below={below} title={title} />;
  return (
    <span className="stacked" title={`${title}. ${t('Nobody knows what it is worth in USD.')}`}>
      <span className="amount">
        {`${toUsdAmount(inToken).text} `}
        <span className="unit">{token.symbol}</span>
      </span>
      <span className="age">{below}</span>
    </span>
  );
}

export interface SuccessCellProps {
  readonly success: {
    readonly lower: string;
    readonly basis: string;
    readonly attempts: number;
    readonly succeeded: number;
  };
}

export function SuccessCell({ success: { lower, basis, attempts, succeeded } }: SuccessCellProps) {
  const t = useText();
  const title =
    basis === 'score'
      ? t('Lower bound of the score, which leaves out trade with oneself and counts failures twice')
      : t("Lower end of Wilson's 95 % interval of its attempts of 30 days");
  return (
    <span className="stacked" title={title}>
      {`≥ ${toPercent(lower)}`}
      <span className="age">
        {t('{succeeded} of {attempts}', { succeeded: toCount(succeeded), attempts: toCount(attempts) })}
      </span>
    </span>
  );
}

export interface UptimeLowerProps {
  readonly lower: string | null;
  /** Share of the minutes that are known, from 0 to 1. */
  readonly coverage: number | null;
  readonly title?: string;
}

export function UptimeLower({ lower, coverage, title }: UptimeLowerProps) {
  const t = useText();
  if (lower === null) return <NoValue reason={t('No minute of it is known yet')} />;
  return (
    <span className="stacked" title={title ?? t('Lower bound over 30 days; below it how much of them is known')}>
      {`≥ ${toUptime(Number(lower))}`}
      {coverage === null ? null : <span className="age">{t('{share} known', { share: toShare(coverage) })}</span>}
    </span>
  );
}

/** Names of grades of evidence, to be translated. */
export const evidenceGrades: Readonly<Record<string, string>> = {
  none: key('no evidence'),
  thin: key('thin evidence'),
  fair: key('fair evidence'),
  strong: key('strong evidence'),
};

/** With how many jobs stand behind them, for a narrow column. */
const weighedGrades: Readonly<Record<string, string>> = {
  none: key('none, n {weight}'),
  thin: key('thin, n {weight}'),
  fair: key('fair, n {weight}'),
  strong: key('strong, n {weight}'),
};

export interface ScoreCellProps {
  readonly score: string | null;
  readonly evidence: string | null;
  /** How many jobs stand behind it, older ones counted less; absent where nobody says. */
  readonly weight?: string;
}

export function ScoreCell({ score, evidence, weight }: ScoreCellProps) {
  const t = useText();
  if (score === null || evidence === null) return <NoValue reason={t('No score yet')} />;
  return (
    <span className="stacked" title={t('{score} of 100, a lower bound', { score })}>
      {toPoints(score)}
      <span className="age">
        {weight === undefined
          ? t(evidenceGrades[evidence] ?? evidence)
          : t(weighedGrades[evidence] ?? evidence, { weight: toWeight(weight) })}
      </span>
    </span>
  );
}

/** Jobs are whole in a reader's mind; a few are told to the tenth, so that less than one is not none. */
function toWeight(weight: string): string {
  return Number(weight) < 10 ? toPoints(weight) : toCount(String(Math.round(Number(weight))));
}

export interface CapacityCellProps {
  readonly capacity: {
    readonly gpus: number | null;
    readonly freeGpus: number | null;
    readonly availableNow: boolean | null;
  };
}

export function CapacityCell({ capacity: { gpus, freeGpus, availableNow } }: CapacityCellProps) {
  const t = useText();
  if (gpus === null) return <NoValue reason={t('Its machines do not say how many GPUs they have.')} />;
  const free = freeGpus === null ? '?' : toCount(freeGpus);
  const said = availableNow === null ? t('not known now') : availableNow ? t('enough now') : t('too few free now');
  return (
    <span className="stacked" title={t('GPUs that suit: free, and all of them')}>
      {`${free} / ${toCount(gpus)}`}
      <span className="age">{said}</span>
    </span>
  );
}
