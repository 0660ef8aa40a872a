import { toClean } from '../format.js';
import { Amount, type Token } from './Amount.js';

export interface PriceProps {
  readonly price: { readonly amount: string; readonly unit: string; readonly token: Token };
}

export function Price({ price }: PriceProps) {
  return (
    <span className="nowrap">
      <Amount baseUnits={price.amount} token={price.token} />
      <span className="unit"> / {toClean(price.unit, 16)}</span>
    </span>
  );
}
