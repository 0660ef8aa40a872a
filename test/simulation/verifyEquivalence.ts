/**
 * `npm run verify:equivalence -- --seeds N [--from S]`: that a run under every misfortune ends with the facts of a clean
 * one, for N seeds on all processors. The last line is JSON; the exit code is 1 when a seed fails.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addSummaries, runSeeds, type SeedRange, type Summary } from './runSeeds.js';
import { shrinkSeed, toVariables } from './shrinkSeed.js';
import { listUnmet, sometimes } from './sometimes.js';

/** So many seeds are a process's share at a time. */
const PIECE = 125;
const MAX_SHOWN = 5;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    part: { type: 'boolean', default: false },
  },
});
const range = { from: Number(values.from), count: Number(values.seeds) };
if (!Number.isInteger(range.from) || !Number.isInteger(range.count) || range.count < 1) {
  process.stderr.write(`Expected whole numbers, got --seeds ${values.seeds} --from ${values.from}.\n`);
  process.exitCode = 1;
} else if (values.part) {
  process.stdout.write(toJson(await runSeeds(range)));
} else {
  await verify(range);
}

async function verify({ from, count }: SeedRange): Promise<void> {
  const begun = performance.now();
  const workers = Math.min(availableParallelism(), count);
  const pieces: SeedRange[] = [];
  for (let at = 0; at < count; at += PIECE) pieces.push({ from: from + at, count: Math.min(PIECE, count - at) });
  const summaries: Summary[] = [];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let piece = pieces.shift(); piece; piece = pieces.shift()) {
        summaries.push(await runPart(piece));
        const done = summaries.reduce((sum, { seeds }) => sum + seeds, 0);
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count} seeds`);
      }
    }),
  );
  const summary = addSummaries(summaries);
  await report(summary, performance.now() - begun);
  process.exitCode = summary.failures.length > 0 ? 1 : 0;
}

function runPart({ from, count }: SeedRange): Promise<Summary> {
  const script = fileURLToPath(import.meta.url);
  const args = [...process.execArgv, script, '--part', '--from', String(from), '--seeds', String(count)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(fromJson(text));
      else reject(new Error(`Seeds ${from} to ${from + count - 1} ended with code ${code}.`));
    });
  });
}

async function report(summary: Summary, tookMs: number): Promise<void> {
  const { seeds, failures, known, counters, virtualMs } = summary;
  const lines = [`${seeds} seeds, ${failures.length} failed, ${Math.round(virtualMs / 3_600_000)} virtual hours.`];
  for (const name of sometimes) lines.push(`  ${name}: ${counters.get(name) ?? 0}`);
  for (const [promise, runs] of known) lines.push(`  known and open, in ${runs} runs: ${promise}`);
  for (const { seed, failure } of failures.slice(0, MAX_SHOWN)) {
    const reduction = await shrinkSeed(seed, failure);
    lines.push(`FAILED ${failure}`, `  repeat: SEED=${seed} npm run sim`);
    lines.push(`  smallest: ${[`SEED=${seed}`, toVariables(reduction), 'npm run sim'].filter(Boolean).join(' ')}`);
  }
  const unmet = listUnmet(counters, 1);
  if (unmet.length > 0) lines.push(`Never met: ${unmet.join(', ')}.`);
  const json = {
    seeds,
    failed: failures.map(({ seed }) => seed),
    known: Object.fromEntries(known),
    seconds: Math.round(tookMs / 1_000),
    virtualHours: Math.round(virtualMs / 3_600_000),
    counters: Object.fromEntries([...counters].sort()),
  };
  process.stdout.write(`${lines.join('\n')}\n${JSON.stringify(json)}\n`);
}

function toJson(summary: Summary): string {
  return JSON.stringify({ ...summary, known: [...summary.known], counters: [...summary.counters] });
}

function fromJson(text: string): Summary {
  const { known, counters, ...rest } = JSON.parse(text);
  return { ...rest, known: new Map(known), counters: new Map(counters) };
}
