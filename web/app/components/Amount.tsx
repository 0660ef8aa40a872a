import { toAmount, toClean } from '../format.js';

export interface Token {
  readonly symbol: string;
  readonly decimals: number;
}

export interface AmountProps {
  readonly baseUnits: string;
  readonly token: Token;
  /** Shows a leading plus, for a change rather than a level. */
  readonly signed?: boolean;
}

export function Amount({ baseUnits, token, signed = false }: AmountProps) {
  const { text, exact } = toAmount(baseUnits, token.decimals);
  const symbol = toClean(token.symbol, 12);
  const sign = signed && !baseUnits.startsWith('-') && baseUnits !== '0' ? '+' : '';
  return (
    <span className="amount" title={`${sign}${exact} ${symbol}`}>
      {`${sign}${text} `}
      <span className="unit">{symbol}</span>
    </span>
  );
}
