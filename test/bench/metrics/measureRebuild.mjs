import { openRoller } from './openRoller.mjs';
import { seedMarket } from './seedMarket.mjs';

const MAX_REBUILD_S = 300;

/** Everything from nothing in one transaction, and whether turns over the same past came to the same. */
export async function measureRebuild({ server, size, runs, say, toRow, median }) {
  const databaseUrl = await server.createDatabase('bench_metrics_rebuild');
  await seedMarket(databaseUrl, { ...size, toHour: Math.floor(Date.UTC(2026, 9, 1) / 3_600_000) });
  const roller = await openRoller(databaseUrl);
  try {
    const turns = performance.now();
    await roller.rollAll();
    say(`rebuild: by turns in ${((performance.now() - turns) / 1_000).toFixed(1)} s`);
    const verified = await roller.verify();
    const differences = verified?.compared?.differences.map(({ table, rows }) => `${table}: ${rows}`) ?? [
      'not compared',
    ];
    say(`rebuild: ${verified?.compared?.rows} rows compared, ${differences.length} tables differ`);
    const seconds = [];
    for (let run = 0; run < Math.max(3, runs); run++) {
      const began = performance.now();
      await roller.rebuild();
      seconds.push((performance.now() - began) / 1_000);
    }
    say(`rebuild: ${seconds}`);
    const nodeHours = (size.nodes * size.days * 24) / 1e6;
    const reason = differences.length > 0 ? differences.join(', ') : undefined;
    return [
      toRow(
        `full rebuild of ${size.jobs / 1e6} M jobs and ${nodeHours.toFixed(1)} M node-hours`,
        's',
        median(seconds),
        {
          max: MAX_REBUILD_S,
        },
      ),
      toRow('rows that differ between turns and rebuild, by table', 'tables', differences.length, { max: 0 }, reason),
    ];
  } finally {
    await roller.end();
  }
}
