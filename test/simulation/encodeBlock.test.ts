import { encodeAbiParameters, encodeEventTopics, parseAbi, stringToBytes } from 'viem';
import { getChainRules } from '../../indexer/source/verification/chainRules.js';
import type { RpcHeader } from '../../indexer/source/verification/headerHash.js';
import type { RpcReceipt } from '../../indexer/source/verification/parseReceipt.js';
import { verifyBlock } from '../../indexer/source/verification/verifyBlock.js';
import type { Hex } from '../../schema/lib/hex.js';
import { createRandom } from './createRandom.js';
import { encodeBlock, type Transaction } from './encodeBlock.js';
import { FACTORY, MARKET, toLog } from './marketLogs.js';

describe('simulated blocks', () => {
  it.each([0, 1, 2, 17, 130, 300])('of %d transactions are proven exact by the product', (count) => {
    const random = createRandom(count, 'blocks');
    const transactions = Array.from({ length: count }, (): Transaction => {
      const logs = Array.from({ length: random.below(4) }, () =>
        toLog(random.pick([MARKET, FACTORY]), 'OfferUpdated', { indexed: [random.hex(32)], words: [random.hex(32)] }),
      );
      return { hash: random.hex(32), logs };
    });
    const draft = { height: 1_000, parentHash: random.hex(32), time: 1_800_000_000, salt: random.hex(32) };
    const block = encodeBlock({ ...draft, transactions });
    const verdict = verifyBlock({
      header: block.header as unknown as RpcHeader,
      logs: block.logs,
      receipts: block.receipts as unknown as RpcReceipt[],
      filter: { addresses: [] },
      policy: 'exact',
      rules: getChainRules(31_337),
      hash: block.hash,
    });
    expect(verdict).toMatchObject({ kind: 'ok', level: 'exact', logs: { length: block.logs.length } });
  });

  it('hold logs as the ABI writes them', () => {
    const abi = parseAbi([
      'event NodeRegistered(bytes32 indexed nodeId, address indexed owner, uint32 gpuModel, uint16 gpuCount, string endpoint)',
    ]);
    const node: Hex = `0x${'07'.repeat(32)}`;
    const owner: Hex = `0x${'0d'.repeat(20)}`;
    const text = 'https://a node with a name of more than one word.example';
    const log = toLog(MARKET, 'NodeRegistered', {
      indexed: [node, owner],
      words: ['0x3', '0x8'],
      text: stringToBytes(text),
    });
    expect(log.topics).toEqual(encodeEventTopics({ abi, eventName: 'NodeRegistered', args: { nodeId: node, owner } }));
    expect(log.data).toBe(
      encodeAbiParameters([{ type: 'uint32' }, { type: 'uint16' }, { type: 'string' }], [3, 8, text]),
    );
  });
});
