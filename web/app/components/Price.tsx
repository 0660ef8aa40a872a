import { toClean, toProduct } from '../format.js';
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
  const { amount, unit, token } = price;
  const bySecond = unit === 'second';
  return (
    <span className="nowrap">
      <Amount
        baseUnits={bySecond ? toProduct(amount, SECONDS_PER_HOUR) : amount}
        token={{ symbol: token.symbol, decimals: price.decimals ?? token.decimals }}
      />
      <span className="unit"> / {bySecond ? 'hour' : toClean(unit, 16)}</span>
    </span>
  );
}

const SECONDS_PER_HOUR = 3_600;
