import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import { toReadsStep } from './contractReads.js';
import { moveCursor } from './cursor.js';
import type { Content } from './prepareBatch.js';
import { type AppendedTable, appended } from './Rows.js';
import type { Batch, Lease } from './Store.js';
import { type Step, sendPipeline } from './sendPipeline.js';
import { writeVerified } from './verifiedRanges.js';

/** The statements of one batch, within a transaction of the caller's. */
export async function writeContent(
  client: pg.ClientBase,
  chainId: number,
  { lease, batch, content }: { readonly lease: Lease; readonly batch: Batch; readonly content: Content },
): Promise<void> {
  await moveCursor(client, chainId, { lease, from: batch.after, to: batch.last });
  const { rows, changes } = content;
  const tables = (Object.keys(appended) as AppendedTable[]).filter((table) => rows[table].rows > 0);
  const steps: Step[] = [
    ...tables.map((table): Step => ({ kind: 'copy', rows: rows[table] })),
    ...changes.updates.map(({ text, values }): Step => ({ kind: 'statement', text, values })),
    ...changes.statements,
    ...toReadsStep(chainId, batch.reads),
  ];
  const counts = await sendPipeline(client, steps);
  for (const [index, update] of changes.updates.entries()) {
    assert(counts[tables.length + index] === update.rows, `${update.what} that changes is stored`);
  }
  await writeVerified(client, chainId, batch.verified);
}
