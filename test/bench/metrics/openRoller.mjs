import { createPlan } from '../../../dist/indexer/metrics/createPlan.js';
import { ensureMetrics } from '../../../dist/indexer/metrics/roll/ensureMetrics.js';
import { rebuildNetwork, verifyNetwork } from '../../../dist/indexer/metrics/roll/rebuildNetwork.js';
import { rollNetwork } from '../../../dist/indexer/metrics/roll/rollNetwork.js';
import { createPool } from '../../../dist/schema/database.js';
import { getNetwork } from '../../../dist/schema/protocols/protocols.js';
import { NETWORK } from './seedMarket.mjs';

/** The product's roller, turn by turn. */
export async function openRoller(databaseUrl) {
  const pool = createPool(databaseUrl, { role: 'bench', max: 3 });
  const plan = createPlan();
  await ensureMetrics(pool, plan.catalogue);
  const given = { pool, network: getNetwork(NETWORK), plan };
  const turn = async () => {
    const rolled = await rollNetwork(given);
    if (rolled.kind !== 'rolled') throw new Error(`Expected the roller to roll, got ${rolled.kind}.`);
    return rolled;
  };
  return {
    pool,
    /** Turn by turn until nothing is left; tells how many hours that were, each time. */
    async rollAll(onTurn) {
      let hours = 0;
      for (;;) {
        const rolled = await turn();
        hours += rolled.hours;
        onTurn?.(hours);
        if (!rolled.isBehind) return hours;
      }
    },
    mark: (hour) =>
      pool.query(
        `insert into mark (family, subject, hour)
         select family, $1, to_timestamp($2::int8 * 3600) from unnest(array['network', 'uptime']) as family`,
        [NETWORK, hour],
      ),
    /** Seconds of one turn. */
    async time() {
      const began = performance.now();
      await turn();
      return (performance.now() - began) / 1_000;
    },
    rebuild: (onPart) => rebuildNetwork({ ...given, compare: false, onPart }),
    verify: (onPart) => verifyNetwork({ ...given, onPart }),
    end: () => pool.end(),
  };
}
