import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Real logs and blocks lie beside the checkout and are no part of the product. Suites that read them are skipped, with
 * this reason in their title, where they are absent.
 */
const folder = fileURLToPath(new URL('../../shared/data', import.meta.url));

export function toSharedPath(file: string): string {
  return `${folder}/${file}`;
}

export function hasShared(file: string): boolean {
  return existsSync(toSharedPath(file));
}

/** `describe`, or a skipped one that says why. */
export function describeWithShared(file: string, title: string, suite: () => void): void {
  if (hasShared(file)) describe(title, suite);
  else it.skip(`${title} (skipped: ../shared/data/${file} is not beside this checkout)`, () => undefined);
}
