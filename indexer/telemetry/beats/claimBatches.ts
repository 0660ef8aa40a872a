import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import type { AcceptedBatch, BatchOutcome } from './AcceptedBatch.js';
import { toInt4Array } from './binaryArrays.js';

/**
 * Notes the batches as committed, within the transaction that writes their rows, and says for each what it is. The first
 * of a counter and observer is written; what comes later under the same, from here or from another writer, is compared with it.
 */
export async function claimBatches(
  client: pg.ClientBase,
  batches: readonly AcceptedBatch[],
): Promise<readonly BatchOutcome[]> {
  const firsts = new Map<string, { readonly batch: AcceptedBatch; readonly position: number }>();
  for (const [position, batch] of batches.entries())
    if (!firsts.has(toKey(batch))) firsts.set(toKey(batch), { batch, position });
  const given = Array.from(firsts.values(), ({ batch }) => batch);
  const claimed = await insert(client, given);
  const missed = given.filter((batch) => !claimed.has(toKey(batch)));
  const stored = missed.length > 0 ? await readDigests(client, missed) : new Map<string, Buffer>();
  return batches.map((batch, position) => {
    const key = toKey(batch);
    const first = firsts.get(key);
    if (first?.position === position && claimed.has(key)) return 'written';
    const known = claimed.has(key) ? first?.batch.digest : stored.get(key);
    return known?.equals(batch.digest) ? 'duplicate' : 'conflict';
  });
}

/** One batch that was sent to two observers is seen by both. */
function toKey({ delegationKey, counter, observer }: Pick<AcceptedBatch, 'delegationKey' | 'counter' | 'observer'>) {
  return `${delegationKey} ${counter} ${observer}`;
}

/** Those that were not there. In order of their keys, so that two writers wait for each other but never both ways. */
async function insert(client: pg.ClientBase, batches: readonly AcceptedBatch[]): Promise<ReadonlySet<string>> {
  if (batches.length === 0) return new Set();
  const digests = Buffer.concat(batches.map(({ digest }) => digest));
  assert(digests.length === batches.length * DIGEST_BYTES, `a batch's digest has ${DIGEST_BYTES} bytes`);
  const { rows } = await client.query<[number, number, number]>({
    text: `
      insert into beat_batch (delegation_key, counter, observer, first_slot, last_slot, digest)
      select delegation_key, counter, observer, first_slot, last_slot,
        substring($6::bytea from (${DIGEST_BYTES} * (position - 1) + 1)::int for ${DIGEST_BYTES})
      from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[])
        with ordinality as given (delegation_key, counter, observer, first_slot, last_slot, position)
      order by delegation_key, counter, observer
      on conflict (delegation_key, counter, observer) do nothing
      returning delegation_key, counter, observer`,
    values: [
      toInt4Array(batches, (batch) => batch.delegationKey),
      toInt4Array(batches, (batch) => batch.counter),
      toInt4Array(batches, (batch) => batch.observer),
      toInt4Array(batches, (batch) => batch.firstSlot),
      toInt4Array(batches, (batch) => batch.lastSlot),
      digests,
    ],
    rowMode: 'array',
  });
  return new Set(rows.map(([delegationKey, counter, observer]) => toKey({ delegationKey, counter, observer })));
}

/** A new statement sees what the writer that it had waited for has committed. */
async function readDigests(
  client: pg.ClientBase,
  batches: readonly AcceptedBatch[],
): Promise<ReadonlyMap<string, Buffer>> {
  const { rows } = await client.query<{ delegationKey: number; counter: number; observer: number; digest: Buffer }>(
    `select delegation_key as "delegationKey", counter, observer, digest from beat_batch
     join unnest($1::int[], $2::int[], $3::int[]) as given (delegation_key, counter, observer)
       using (delegation_key, counter, observer)`,
    [
      toInt4Array(batches, (batch) => batch.delegationKey),
      toInt4Array(batches, (batch) => batch.counter),
      toInt4Array(batches, (batch) => batch.observer),
    ],
  );
  return new Map(rows.map((row) => [toKey(row), row.digest]));
}

const DIGEST_BYTES = 16;
