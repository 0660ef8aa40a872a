import { median, say, toRow } from '../run/rows.mjs';
import { copyMarket } from './copyMarket.mjs';
import { openRoller } from './openRoller.mjs';

const MAX_REBUILD_S = 300;

/** Everything from nothing in one transaction, and whether turns over the same past came to the same. */
export async function measureRebuild({ server, size, runs }) {
  const name = 'bench_metrics_rebuild';
  const began = performance.now();
  const tell = (line) => say(`rebuild: ${line}, ${((performance.now() - began) / 1_000).toFixed(0)} s since it began`);
  const databaseUrl = await copyMarket(server, { name, size, isRolled: false });
  tell(`${JSON.stringify(size)} is there`);
  const roller = await openRoller(databaseUrl);
  try {
    await roller.rollAll((hours) => tell(`${hours} hours by turns`));
    const { compared, ...first } = await verify(roller);
    const differences = compared?.differences.map(({ table, rows }) => `${table}: ${rows}`) ?? ['not compared'];
    tell(
      `${compared?.rows} rows compared, ${differences.length} tables differ, made anew in ${first.seconds.toFixed(1)} s`,
    );
    const seconds = [first.seconds];
    while (seconds.length < runs) {
      const { spent, onPart } = watch();
      await roller.rebuild(onPart);
      seconds.push(spent.total());
      tell(`made anew in ${spent.total().toFixed(1)} s, of it ${spent.toText()}`);
    }
    const nodeHours = (size.nodes * size.days * 24) / 1e6;
    const reason = differences.length > 0 ? differences.join(', ') : undefined;
    return [
      toRow(
        `full rebuild of ${size.jobs / 1e6} M jobs and ${nodeHours.toFixed(1)} M node-hours`,
        's',
        median(seconds),
        { max: MAX_REBUILD_S },
      ),
      toRow('rows that differ between turns and rebuild, by table', 'tables', differences.length, { max: 0 }, reason),
    ];
  } finally {
    await roller.end();
    await server.dropDatabase(name);
  }
}

/** What is compared is made anew as in any rebuild: between the copy of what was stored and the comparison. */
async function verify(roller) {
  let seconds = Number.NaN;
  let copied = Number.NaN;
  const verified = await roller.verify((name) => {
    const at = performance.now();
    if (name === 'copy') copied = at;
    if (name === 'rebuild') seconds = (at - copied) / 1_000;
  });
  return { compared: verified?.compared, seconds };
}

/** Seconds by step and family. */
function watch() {
  const began = performance.now();
  const spent = new Map();
  let last = began;
  return {
    onPart(name) {
      const at = performance.now();
      spent.set(name, (spent.get(name) ?? 0) + (at - last) / 1_000);
      last = at;
    },
    spent: {
      total: () => (performance.now() - began) / 1_000,
      toText: () =>
        [...spent]
          .sort(([, one], [, other]) => other - one)
          .map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`)
          .join(', '),
    },
  };
}
