import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RetryableError } from '../../schema/lib/errors.js';
import { listNetworks } from '../../schema/protocols/protocols.js';
import type { ChainSource } from './ChainSource.js';
import { createRecordedSource } from './createRecordedSource.js';

const transactions = ['01', '01', '02', '03', '03', '03'].map((digits) => `0x${digits.repeat(32)}`);

/** Six events of one kind in three transactions: blocks 1 to 3. */
async function createSource(): Promise<ChainSource> {
  const network = listNetworks().find(({ definition }) => definition.recorded);
  if (!network) throw new Error('a recorded network is known');
  const { address } = network.definition.contracts.find(({ role }) => role === 'bondingManager') ?? { address: '' };
  const delegate = `0x${'ab'.repeat(20)}`;
  const data = { delegate, delegator: delegate, unbondingLockId: '1', amount: '5' };
  const events = transactions.map((transactionHash) => ({ address, transactionHash, name: 'Rebond', data }));
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'recording-')), 'events.json');
  await writeFile(file, JSON.stringify(events));
  return createRecordedSource(file, network);
}

describe('createRecordedSource', () => {
  it('answers ranges as a chain does: the logs of the filter, the headers of the ends and of blocks with logs', async () => {
    const source = await createSource();
    const range = await source.fetchRange({ from: 1, to: 3, filter: { addresses: [] } });
    if (range.kind !== 'fetched') throw new Error('a recording answers any range');
    expect(range.logs.map(({ height, logIndex }) => [height, logIndex])).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
      [3, 0],
      [3, 1],
      [3, 2],
    ]);
    expect(range.headers.map(({ height }) => height)).toEqual([1, 2, 3]);
    const part = await source.fetchRange({ from: 2, to: 2, filter: { addresses: [] } });
    expect(part).toMatchObject({ level: 'none', logs: [{ height: 2 }] });
    const none = await source.fetchRange({ from: 0, to: 3, filter: { addresses: [`0x${'11'.repeat(20)}`] } });
    expect(none).toMatchObject({ logs: [] });
  });

  it('has blocks by hash and height, all of them final', async () => {
    const source = await createSource();
    const head = await source.getHead();
    expect(head.height).toBe(3);
    expect(await source.getFinality()).toEqual({ safe: 3, finalized: 3 });
    expect(await source.findHeader(head.hash)).toEqual(head);
    expect(await source.findHeader(`0x${'00'.repeat(32)}`)).toBeUndefined();
    const [block] = await source.fetchBlocks([head], { addresses: [] });
    expect(block).toMatchObject({ header: head, logs: [{ logIndex: 0 }, { logIndex: 1 }, { logIndex: 2 }] });
    await expect(source.fetchBlocks([{ ...head, hash: '0x00' }], { addresses: [] })).rejects.toThrow(RetryableError);
  });
});
