import type { Snapshot } from '../openSnapshot.js';
import type { AsOf } from './AsOf.js';
import { rewrite } from './rewrite.js';

/** The same snapshot, as it was at a point. */
export function openPast(snapshot: Snapshot, asOf: AsOf): Snapshot {
  const points = new Map(asOf.chains.map((point) => [point.chainId, point]));
  return {
    query: (sql, parameters, options) => snapshot.query(rewrite(sql, asOf), parameters, options),
    async listChains() {
      return (await snapshot.listChains()).map((chain) => {
        const point = points.get(chain.id);
        if (!point || point.height < 0)
          return { ...chain, height: null, blockHash: null, blockTime: null, checkedNumber: null };
        const { height, hash, time } = point;
        const checkedNumber = chain.checkedNumber === null ? null : Math.min(chain.checkedNumber, height);
        return { ...chain, height, blockHash: hash, blockTime: time, checkedNumber };
      });
    },
    isUsed: snapshot.isUsed,
    getGeneration: snapshot.getGeneration,
    release: snapshot.release,
    abandon: snapshot.abandon,
  };
}
