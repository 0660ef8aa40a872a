import { setTimeout as sleep } from 'node:timers/promises';

/** Fails by the test's own timeout. */
export async function untilTrue(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}
