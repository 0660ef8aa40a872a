import type { Moment, Snapshot } from '../openSnapshot.js';
import type { AsOf } from './AsOf.js';
import { rewrite } from './rewrite.js';

/** The same moment, as it was at a point. */
export function toPast(moment: Moment, asOf: AsOf): Moment {
  const points = new Map(asOf.chains.map((point) => [point.chainId, point]));
  return {
    // What holds of an index of a table need not hold of the expression that stands in its place.
    query: (sql, parameters, options) => moment.query(rewrite(sql, asOf), parameters, { ...options, isKeyed: false }),
    async listChains() {
      return (await moment.listChains()).map((chain) => {
        const point = points.get(chain.id);
        if (!point || point.height < 0)
          return { ...chain, height: null, blockHash: null, blockTime: null, checkedNumber: null };
        const { height, hash, time } = point;
        const checkedNumber = chain.checkedNumber === null ? null : Math.min(chain.checkedNumber, height);
        return { ...chain, height, blockHash: hash, blockTime: time, checkedNumber };
      });
    },
  };
}

/** The same snapshot, as it was at a point. */
export function openPast(snapshot: Snapshot, asOf: AsOf): Snapshot {
  return {
    ...snapshot,
    ...toPast(snapshot, asOf),
    beside: (allowance) => openPast(snapshot.beside(allowance), asOf),
  };
}
