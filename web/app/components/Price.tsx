import { toClean, toProduct } from '../format.js';
import { useText } from '../i18n/useText.js';
import { Amount, type Token } from './Amount.js';

export interface PriceProps {
  readonly price: {
    readonly amount: string;
    /** Of the amount; null where nothing is known of its token. */
    readonly decimals: number | null;
    readonly unit: string;
    readonly token: Token;
  };
}

/** A rate per second has too many zeros to be compared: it is shown for an hour. */
export function Price({ price }: PriceProps) {
  const t = useText();
  const { amount, unit, token } = price;
  const bySecond = unit === 'second';
  const decimals = price.decimals ?? token.decimals;
  // So is one per pixel in whole coins: it is shown in wei, as everybody quotes it.
  const inWei = unit === 'pixel' && token.symbol === 'ETH' && decimals >= WEI_DECIMALS;
  return (
    <span className="price">
      <Amount
        baseUnits={bySecond ? toProduct(amount, SECONDS_PER_HOUR) : amount}
        token={inWei ? { symbol: 'wei', decimals: decimals - WEI_DECIMALS } : { symbol: token.symbol, decimals }}
      />
      <span className="unit">
        {` / ${bySecond || unit === 'hour' ? t('hour') : unit === 'task' ? t('task') : toClean(unit, 16)}`}
      </span>
    </span>
  );
}

const SECONDS_PER_HOUR = 3_600;
const WEI_DECIMALS = 18;
