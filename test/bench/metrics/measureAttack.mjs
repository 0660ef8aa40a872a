import { register } from 'node:module';
import { say, toLeftOutRow, toRow } from '../run/rows.mjs';

/** The record and the model are those of the tests, which are TypeScript and no part of dist/. */
register('../../simulation/typeScriptHooks.mjs', import.meta.url);

/**
 * What it costs to buy points of oneself (REP-07), and what keeping such buyers out costs those who are honest: the devnet's market, indexed
 * from its chain and rolled.
 */
export async function measureAttack({ server, quick }) {
  return [...(await measureWash()), ...(quick ? leftOut : await measureHonest(server))];
}

/** The devnet's history takes more than a minute. */
const leftOut = [toLeftOutRow("least share of an honest provider's evidence weight kept", 'of 1', 'attack')];

async function measureWash() {
  const { plainWashCost, toWashCost } = await import('../../metrics/washCost.ts');
  const ours = toWashCost('honest');
  say(
    `wash attack of REP-07: ${plainWashCost.toFixed(2)} USD a point of a plain beta score, ${ours.toFixed(2)} of ours`,
  );
  return [
    toRow('wash attack of REP-07, cost of a point by a plain beta score', 'USD', plainWashCost),
    toRow('wash attack of REP-07, cost of a point by ours', 'USD', ours),
    toRow('wash attack of REP-07, ours against a plain beta score', 'times', ours / plainWashCost, { min: 50 }),
  ];
}

async function measureHonest(server) {
  const { openRolledDevnet } = await import('../../metrics/openRolledDevnet.ts');
  const { compareHonest, listSwaps } = await import('../../metrics/compareHonest.ts');
  const { scorePlan } = await import('../../metrics/scorePlan.ts');
  process.env.TEST_DATABASE_URL = await server.createDatabase('attack');
  const began = performance.now();
  const devnet = await openRolledDevnet(scorePlan);
  try {
    const honest = compareHonest(devnet.record, devnet.at);
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    say(`the devnet's ${honest.length} honest providers, of ${devnet.record.outcomes.length} outcomes: ${seconds} s`);
    const least = Math.min(...honest.map(({ keptWeight }) => keptWeight));
    const swaps = listSwaps(honest).filter(({ points }) => points > NOISE);
    for (const { pair, points } of swaps) say(`the other way round without defence: ${pair}, by ${points.toFixed(2)}`);
    return [
      toRow("least share of an honest provider's evidence weight kept", 'of 1', Math.min(1, least), { min: 0.9 }),
      toRow(`honest providers that change places by more than ${NOISE} points`, 'pairs', swaps.length, { max: 0 }),
    ];
  } finally {
    await devnet.close();
  }
}

/** Points: less than one task more or less makes of any of them. */
const NOISE = 0.5;
