import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import type { AcceptedBatch, BatchOutcome } from './AcceptedBatch.js';
import { toInt4Array } from './binaryArrays.js';

/**
 * Notes the batches as committed, within the transaction that writes their rows, and says for each what it is. The first
 * of a counter is written; what comes later under the same counter, from here or from another writer, is compared with it.
 */
export async function claimBatches(
  client: pg.ClientBase,
  batches: readonly AcceptedBatch[],
): Promise<readonly BatchOutcome[]> {
  const firsts = new Map<number, { readonly batch: AcceptedBatch; readonly position: number }>();
  for (const [position, batch] of batches.entries())
    if (!firsts.has(toKey(batch))) firsts.set(toKey(batch), { batch, position });
  const given = Array.from(firsts.values(), ({ batch }) => batch);
  const claimed = await insert(client, given);
  const missed = given.filter((batch) => !claimed.has(toKey(batch)));
  const stored = missed.length > 0 ? await readDigests(client, missed) : new Map<number, Buffer>();
  return batches.map((batch, position) => {
    const key = toKey(batch);
    const first = firsts.get(key);
    if (first?.position === position && claimed.has(key)) return 'written';
    const known = claimed.has(key) ? first?.batch.digest : stored.get(key);
    return known?.equals(batch.digest) ? 'duplicate' : 'conflict';
  });
}

/** Two integers below 2^31 in one safe number: delegations are numbered from 1 on, one by one. */
function toKey({ delegationKey, counter }: Pick<AcceptedBatch, 'delegationKey' | 'counter'>): number {
  return delegationKey * 2 ** 31 + counter;
}

/** Those that were not there. In order of their keys, so that two writers wait for each other but never both ways. */
async function insert(client: pg.ClientBase, batches: readonly AcceptedBatch[]): Promise<ReadonlySet<number>> {
  if (batches.length === 0) return new Set();
  const digests = Buffer.concat(batches.map(({ digest }) => digest));
  assert(digests.length === batches.length * DIGEST_BYTES, `a batch's digest has ${DIGEST_BYTES} bytes`);
  const { rows } = await client.query<[number, number]>({
    text: `
      insert into beat_batch (delegation_key, counter, first_slot, last_slot, digest)
      select delegation_key, counter, first_slot, last_slot,
        substring($5::bytea from (${DIGEST_BYTES} * (position - 1) + 1)::int for ${DIGEST_BYTES})
      from unnest($1::int[], $2::int[], $3::int[], $4::int[])
        with ordinality as given (delegation_key, counter, first_slot, last_slot, position)
      order by delegation_key, counter
      on conflict (delegation_key, counter) do nothing
      returning delegation_key, counter`,
    values: [
      toInt4Array(batches, (batch) => batch.delegationKey),
      toInt4Array(batches, (batch) => batch.counter),
      toInt4Array(batches, (batch) => batch.firstSlot),
      toInt4Array(batches, (batch) => batch.lastSlot),
      digests,
    ],
    rowMode: 'array',
  });
  return new Set(rows.map(([delegationKey, counter]) => toKey({ delegationKey, counter })));
}

/** A new statement sees what the writer that it had waited for has committed. */
async function readDigests(
  client: pg.ClientBase,
  batches: readonly AcceptedBatch[],
): Promise<ReadonlyMap<number, Buffer>> {
  const { rows } = await client.query<{ delegation_key: number; counter: number; digest: Buffer }>(
    `select delegation_key, counter, digest from beat_batch
     join unnest($1::int[], $2::int[]) as given (delegation_key, counter) using (delegation_key, counter)`,
    [toInt4Array(batches, (batch) => batch.delegationKey), toInt4Array(batches, (batch) => batch.counter)],
  );
  return new Map(rows.map((row) => [toKey({ delegationKey: row.delegation_key, counter: row.counter }), row.digest]));
}

const DIGEST_BYTES = 16;
