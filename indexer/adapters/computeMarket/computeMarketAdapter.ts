import type { Adapter } from '../Adapter.js';
import { fullMeanings } from './fullMeanings.js';
import { smallMeanings } from './smallMeanings.js';

/** Of both interfaces, whose events have different names. */
export const computeMarketAdapter: Adapter = {
  protocol: 'compute-market',
  adapt: (transaction) =>
    transaction.map((decoded) => ({ decoded, events: meanings[decoded.name]?.(decoded.args) ?? [] })),
};

const meanings = { ...smallMeanings, ...fullMeanings };
