import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The promises of docs/faults.md that are kept so far, by their numbers. Each is a test by that name; what is not built yet
 * joins the list with it.
 */
const promised = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
  33, 34, 35, 36, 37, 38, 39, 40, 41, 43, 44, 45, 46, 47,
];

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the fault table', () => {
  const tests = ['indexer', 'test'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, room, file), 'utf8')),
  );

  it.each(promised)('has a test for fault %i', (number) => {
    expect(tests.some((text) => new RegExp(`['"\`]fault ${number}: `).test(text))).toBe(true);
  });

  it.each(promised)('says in docs/faults.md what is promised for fault %i', (number) => {
    expect(readFileSync(join(root, 'docs/faults.md'), 'utf8')).toMatch(new RegExp(`^\\| ${number} \\|`, 'm'));
  });
});
