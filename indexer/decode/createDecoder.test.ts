import { getNetwork } from '../../schema/protocols/protocols.js';
import type { RawLog } from '../events/logs.js';
import { createContracts } from './createContracts.js';
import { createDecoder } from './createDecoder.js';

const network = getNetwork('iexec-arbitrum');
const decode = createDecoder(createContracts([network]));

/** ERC-20 and ERC-721 share this topic; only the number of indexed arguments tells them apart. */
const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const word = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}` as const;

function build(role: string, log: Partial<RawLog>): RawLog {
  const contract = network.definition.contracts.find((candidate) => candidate.role === role);
  return {
    height: 400_000_000,
    blockHash: word(1n),
    txHash: word(2n),
    txIndex: 0,
    logIndex: 0,
    address: contract?.address.toLowerCase() as RawLog['address'],
    topics: [],
    data: '0x',
    ...log,
  };
}

describe('decoder', () => {
  it('tells events with the same topic apart by emitter and topic count', () => {
    const ledger = decode(build('hub', { topics: [transfer, word(1n), word(2n)], data: word(3n) }));
    expect(ledger).toMatchObject({ kind: 'decoded', decoded: { role: 'hub', args: { value: 3n } } });
    const minted = decode(build('workerpoolRegistry', { topics: [transfer, word(0n), word(2n), word(3n)] }));
    expect(minted).toMatchObject({ kind: 'decoded', decoded: { role: 'workerpoolRegistry', args: { tokenId: 3n } } });
  });

  it('keeps an event of a known contract that is in no ABI, and an anonymous one', () => {
    const unlisted: RawLog['topics'][] = [[word(99n)], [], [transfer, word(1n), word(2n), word(3n)]];
    for (const topics of unlisted) {
      const decoding = decode(build('hub', { topics, data: word(1n) }));
      expect(decoding).toMatchObject({ kind: 'decoded', decoded: { name: 'unknown', args: {} } });
    }
  });

  it('sets aside a log whose data does not fit its event, with the reason', () => {
    const decoding = decode(build('hub', { topics: [transfer, word(1n), word(2n)], data: '0x01' }));
    expect(decoding).toMatchObject({ kind: 'broken', broken: { stage: 'decode' } });
    expect(decoding.kind === 'broken' && decoding.broken.reason).toMatch(/^Transfer: .+/);
  });

  it('leaves logs of contracts it does not follow alone', () => {
    expect(decode(build('hub', { address: `0x${'1'.repeat(40)}` }))).toEqual({ kind: 'foreign' });
  });

  it('follows an announced contract whichever way its address was written', () => {
    const fluence = getNetwork('fluence-mainnet');
    const contracts = createContracts([fluence]);
    const deal = '0x2b961E3959b79326A8e7F64Ef0d2d825707669b5';
    const decoded = { log: build('hub', {}), network: fluence, role: 'diamond', name: 'DealCreatedV2', args: { deal } };
    const announcement = contracts.toAnnouncement(decoded);
    if (announcement) contracts.add(announcement);
    const address = deal.toLowerCase() as RawLog['address'];
    expect(contracts.find(build('hub', { address, logIndex: 1 }))).toMatchObject({ role: 'deal', network: fluence });
  });
});
