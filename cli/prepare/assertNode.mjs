import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './UserError.mjs';

/** Refuses a Node that package.json's `engines` leaves out, before anything fails in a stranger way. */
export function assertNode(root, version = process.versions.node) {
  const range = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  if (isInRange(version, range)) return;
  throw new UserError(
    `Expected Node ${range}, found ${version}: install the newest Node 20, 22 or 24 (https://nodejs.org) and try again.`,
  );
}

/** Ranges of the form `>=20.19 <21 || >=24.11`: all that `engines` needs here. */
export function isInRange(version, range) {
  return range.split('||').some((part) =>
    part
      .trim()
      .split(/\s+/)
      .every((comparator) => {
        const [, operator, bound] = /^(>=|<)(\d+(?:\.\d+)*)$/.exec(comparator) ?? [];
        if (!operator) throw new Error(`Expected >= or < and a version in engines.node, found ${comparator}`);
        const order = compare(version, bound);
        return operator === '<' ? order < 0 : order >= 0;
      }),
  );
}

function compare(left, right) {
  const [a, b] = [left, right].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
