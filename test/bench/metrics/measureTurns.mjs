import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../../../dist/cli/startChild.js';
import { median, say, toRow } from '../run/rows.mjs';
import { addMinute } from './addMinute.mjs';
import { copyMarket, TO_HOUR } from './copyMarket.mjs';
import { openRoller } from './openRoller.mjs';
import { NETWORK } from './seedMarket.mjs';

const MAX_HOUR_S = 1;
const MAX_SCORES_S = 20;
const MAX_SCORES_MB = 512;
const MAX_MINUTE_S = 1;

/** One hour again, a minute at the head, and all windows and scores. */
export async function measureTurns({ server, size, quick, runs }) {
  const name = quick ? 'bench_metrics_quick' : 'bench_metrics';
  const databaseUrl = await copyMarket(server, { name, size, isRolled: true });
  say(`turns: ${JSON.stringify(size)} is there, rolled by turns`);
  const roller = await openRoller(databaseUrl);
  try {
    // It reads what is kept from then on, and is not one of those that are asked for.
    await roller.mark(TO_HOUR - 1);
    say(`turns: the first one of a process ${(await roller.time()).toFixed(2)} s`);
    const again = [];
    for (let run = 0; run < runs; run++) {
      await roller.mark(TO_HOUR - 1);
      again.push(await roller.time());
    }
    const minutes = [];
    for (let run = 0; run < runs; run++) {
      await addMinute(roller.pool, run);
      minutes.push(await roller.time());
    }
    const scores = [];
    for (let run = 0; run < runs; run++) scores.push(await scoreAll(databaseUrl));
    say(`turns: hour ${toList(again)} s, minute ${toList(minutes)} s, scores ${JSON.stringify(scores)}`);
    const shape = `${size.nodes.toLocaleString('en')} nodes and ${size.providers.toLocaleString('en')} providers`;
    const bar = (max) => (quick ? undefined : { max });
    return [
      toRow(`the last closed hour again, ${shape}`, 's', median(again), bar(MAX_HOUR_S)),
      toRow(`a minute at the head, ${shape}`, 's', median(minutes), bar(MAX_MINUTE_S)),
      toRow(
        `all scores and windows, ${size.nodes.toLocaleString('en')} nodes over ${size.days} days`,
        's',
        median(scores.map(({ seconds }) => seconds)),
        bar(MAX_SCORES_S),
      ),
      toRow('all scores and windows: memory', 'MB', median(scores.map(({ memoryMb }) => memoryMb)), bar(MAX_SCORES_MB)),
    ];
  } finally {
    await roller.end();
    await server.dropDatabase(name);
  }
}

/** In a process of its own, so that its memory is its own. */
function scoreAll(databaseUrl) {
  const file = fileURLToPath(new URL('scoreAll.mjs', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions.roll, file, databaseUrl, NETWORK], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`scoreAll ended with ${code}`)),
    );
  });
}

function toList(seconds) {
  return seconds.map((value) => value.toFixed(2)).join(' ');
}
