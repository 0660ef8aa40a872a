import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Oracles and properties are tests; their titles begin with what they show, and they are counted by that. */
const ORACLE = /\b(REL|JOB|PRC|SUP|ECO|REP|SLO)-\d\d\b/g;
const PROPERTY = /\bproperty (\d+)\b/gi;
const folders = ['schema/metrics', 'test/metrics', 'schema/prices', 'schema/heartbeat', 'test/heartbeats'];
const ORACLES = 41;
const PROPERTIES = 18;

/** How many oracles and properties have a test, and how many of those fail. */
export async function countTests({ root, toRow, say }) {
  const results = await runTests(root);
  const tests = results.testResults.flatMap((file) =>
    file.assertionResults.map(({ fullName, status }) => ({ name: fullName, status })),
  );
  const skipped = tests.filter(({ status }) => status === 'pending').map(({ name }) => name);
  say(`formulas: ${results.numPassedTests} tests passed, ${results.numFailedTests} failed, ${skipped.length} skipped`);
  return [
    toCountRow('oracles through the product, by id', { tests, pattern: ORACLE, of: ORACLES, toRow }),
    toCountRow('properties of 10,000 random cases each, by number', {
      tests,
      pattern: PROPERTY,
      of: PROPERTIES,
      toRow,
    }),
  ];
}

function toCountRow(metric, { tests, pattern, of, toRow }) {
  const seen = new Map();
  for (const { name, status } of tests) {
    for (const [found] of name.matchAll(pattern)) {
      const id = found.toLowerCase();
      seen.set(id, (seen.get(id) ?? true) && status === 'passed');
    }
  }
  const failed = [...seen].filter(([, passed]) => !passed).map(([id]) => id);
  const reason = failed.length > 0 ? `not passed: ${failed.join(', ')}` : undefined;
  return toRow(metric, `of ${of}`, seen.size - failed.length, { min: of }, reason);
}

async function runTests(root) {
  const folder = mkdtempSync(join(tmpdir(), 'computescan-bench-'));
  const outputFile = join(folder, 'tests.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    ...folders,
    '--json',
    `--outputFile=${outputFile}`,
  ];
  try {
    await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, options, { cwd: root, stdio: ['ignore', 'ignore', 'ignore'] });
      child.once('error', reject);
      child.once('close', resolve);
    });
    return JSON.parse(readFileSync(outputFile, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
