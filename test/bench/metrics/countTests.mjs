import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, toRow } from '../run/rows.mjs';

/** Oracles and properties are tests; their titles begin with what they show, and they are counted by that. */
const ORACLE = /\b(REL|JOB|PRC|SUP|ECO|REP|SLO)-\d\d\b/g;
const PROPERTY = /\bproperty (\d+)\b/gi;
const folders = ['schema/metrics', 'test/metrics', 'schema/prices', 'schema/heartbeat', 'test/heartbeats'];
const ORACLES = 41;
const PROPERTIES = 18;

/** How many oracles and properties have a test, and how many of those fail. Of tests whose titles name neither none is run. */
export async function countTests({ root }) {
  const files = listFiles(root);
  say(`formulas: the tests of ${files.length} files that name an oracle or a property`);
  const began = performance.now();
  const results = await runTests(root, files);
  const tests = results.testResults.flatMap((file) =>
    file.assertionResults.map(({ fullName, status }) => ({ name: fullName, status })),
  );
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  say(`formulas: ${results.numPassedTests} tests passed, ${results.numFailedTests} failed, in ${seconds} s`);
  return [
    toCountRow('oracles through the product, by id', { tests, pattern: ORACLE, of: ORACLES }),
    toCountRow('properties of 10,000 random cases each, by number', { tests, pattern: PROPERTY, of: PROPERTIES }),
  ];
}

function toCountRow(metric, { tests, pattern, of }) {
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

/** A title is in its file as it stands; only those files are loaded. */
function listFiles(root) {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => join(folder, name))
      .filter((name) => name.endsWith('.test.ts') && isNamed(readFileSync(join(root, name), 'utf8'))),
  );
}

function isNamed(text) {
  return text.search(ORACLE) >= 0 || text.search(PROPERTY) >= 0;
}

async function runTests(root, files) {
  const folder = mkdtempSync(join(tmpdir(), 'computescan-bench-'));
  const outputFile = join(folder, 'tests.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = [
    ...['--experimental-vm-modules', '--no-warnings', jest, '--runTestsByPath', ...files],
    ...['--testNamePattern', `${ORACLE.source}|${PROPERTY.source}`, '--json', `--outputFile=${outputFile}`],
  ];
  try {
    await new Promise((resolve, reject) => {
      const env = { ...process.env, PROPERTY_CASES: '10000' };
      const child = spawn(process.execPath, options, { cwd: root, env, stdio: ['ignore', 'ignore', 'ignore'] });
      child.once('error', reject);
      child.once('close', resolve);
    });
    return JSON.parse(readFileSync(outputFile, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
