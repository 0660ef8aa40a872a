import { catalogue } from '../../../dist/schema/metrics/catalogue.js';
import { toCatalogueDigest } from '../../../dist/schema/metrics/toCatalogueDigest.js';
import { openKept } from '../api/openKept.mjs';
import { say } from '../run/rows.mjs';
import { openRoller } from './openRoller.mjs';
import { SEED_VERSION, seedMarket } from './seedMarket.mjs';

/** The last hour of what is written: the same rows at any time. */
export const TO_HOUR = Math.floor(Date.UTC(2026, 9, 1) / 3_600_000);

/**
 * A copy, to do with as one likes, of a market that is written once, rolled by turns where that is asked for, and kept; other methods of
 * metrics roll it anew.
 *
 * @returns {Promise<string>} its URL
 */
export async function copyMarket(server, { name, size, isRolled }) {
  const kept = `${name}_kept`;
  await openKept(server, {
    name: kept,
    size: { ...size, seed: SEED_VERSION, ...(isRolled ? { methods: toCatalogueDigest(catalogue) } : {}) },
    async make(url) {
      await seedMarket(url, { ...size, toHour: TO_HOUR });
      if (isRolled) await rollByTurns(url, { name });
    },
  });
  return server.copyDatabase(kept, name);
}

/** Everything by turns, as a roller does that was just started. */
async function rollByTurns(url, { name }) {
  const began = performance.now();
  const roller = await openRoller(url);
  try {
    await roller.rollAll((hours) =>
      say(`${name}: ${hours} hours by turns after ${((performance.now() - began) / 1_000).toFixed(0)} s`),
    );
    await roller.pool.query('vacuum analyze');
  } finally {
    await roller.end();
  }
}
