import { toEventSelector } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import type { Manifest, NetworkDefinition } from '../../schema/protocols/Manifest.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { createContracts } from '../decode/createContracts.js';
import { createDecoder } from '../decode/createDecoder.js';
import type { RawLog } from '../events/logs.js';
import type { Filter } from '../source/ChainSource.js';
import { interpretLogs } from './interpretLogs.js';

/** A factory emits it, and its children do, too: they make grandchildren. */
const made = 'event Made(address made)';
const topic = toEventSelector(made);
const factory: Hex = `0x${'f'.repeat(40)}`;
const child: Hex = `0x${'c'.repeat(40)}`;
const grandchild: Hex = `0x${'d'.repeat(40)}`;

const manifest: Manifest = {
  protocol: 'livepeer',
  capabilities: getNetwork('livepeer-arbitrum').manifest.capabilities,
  conservation: getNetwork('livepeer-arbitrum').manifest.conservation,
  events: { factory: [made], child: [made] },
  factories: [
    { role: 'factory', event: 'Made', argument: 'made', announces: 'child' },
    { role: 'child', event: 'Made', argument: 'made', announces: 'child' },
  ],
  networks: [],
};
const definition: NetworkDefinition = {
  ...getNetwork('livepeer-arbitrum').definition,
  id: 'factories',
  // Its price feed has contracts of its own.
  workToken: undefined,
  contracts: [{ role: 'factory', address: factory, startBlock: 1 }],
};
const network: Network = { manifest, definition };

function toLog(height: number, logIndex: number, address: Hex, announced?: Hex): RawLog {
  const place = { height, logIndex, blockHash: `0x${height}` as Hex, txHash: `0x${height}aa` as Hex, txIndex: 0 };
  return announced
    ? { ...place, address, topics: [topic], data: `0x${announced.slice(2).padStart(64, '0')}` }
    : { ...place, address, topics: [`0x${'9'.repeat(64)}`], data: '0x' };
}

/** A chain's logs behind a filter by address, as a node answers. */
async function interpret(chain: readonly RawLog[], filter: Filter, known: readonly Hex[] = []) {
  const contracts = createContracts([network]);
  for (const address of known)
    contracts.add({ address, networkId: 'factories', role: 'child', height: 1, logIndex: 0 });
  const asked: { filter: Filter; from: number }[] = [];
  const select = ({ addresses }: Filter, from: number) =>
    chain.filter((log) => log.height >= from && (addresses.length === 0 || addresses.includes(log.address)));
  const interpreted = await interpretLogs(select(filter, 0), {
    ...{ contracts, decode: createDecoder(contracts), filter },
    source: { read: async () => new Map() },
    store: { findReads: async () => new Map() },
    async fetchMissing(missing, from) {
      asked.push({ filter: missing, from });
      return select(missing, from);
    },
  });
  const places = interpreted.logs.map(({ decoded: { log } }) => `${log.height}.${log.logIndex}`);
  return { ...interpreted, places, asked, contracts };
}

describe('contracts that factories announce', () => {
  const chain = [
    toLog(4, 0, child), // before it was announced: not ours
    toLog(5, 0, child), // in the same block, before the announcement
    toLog(5, 1, factory, child),
    toLog(5, 2, child), // in the same block, after it
    toLog(7, 0, child, grandchild),
    toLog(7, 1, grandchild),
    toLog(9, 0, grandchild),
  ];

  it('count from their announcement on, same block included, and may announce further ones', async () => {
    const interpreted = await interpret(chain, { addresses: [factory] });
    expect(interpreted.places).toEqual(['5.1', '5.2', '7.0', '7.1', '9.0']);
    expect(interpreted.contracts.addresses).toContain(grandchild);
    expect(interpreted.asked).toEqual([
      { filter: { addresses: [child] }, from: 5 },
      { filter: { addresses: [grandchild] }, from: 7 },
    ]);
  });

  it('are not asked for again where the filter named them, or named no addresses at all', async () => {
    for (const filter of [{ addresses: [factory, child, grandchild] }, { addresses: [] }]) {
      const { places, asked } = await interpret(chain, filter);
      expect([places, asked]).toEqual([['5.1', '5.2', '7.0', '7.1', '9.0'], []]);
    }
  });

  it('that were announced while this range was on its way are supplemented from there on', async () => {
    const { places, asked } = await interpret([toLog(20, 0, child)], { addresses: [factory] }, [child]);
    expect([places, asked]).toEqual([['20.0'], [{ filter: { addresses: [child] }, from: 1 }]]);
  });

  it('that are announced again count from the first time, also where their logs are fetched late', async () => {
    const again = [toLog(20, 0, child), toLog(22, 0, factory, child), toLog(23, 0, child)];
    const { places, asked } = await interpret(again, { addresses: [factory] }, [child]);
    expect([places, asked]).toEqual([['20.0', '22.0', '23.0'], [{ filter: { addresses: [child] }, from: 1 }]]);
  });

  it('are forgotten when the block that announced them is taken back', async () => {
    const { contracts } = await interpret(chain, { addresses: [factory] });
    contracts.dropAbove(6);
    expect(contracts.addresses).toEqual([factory, child]);
    contracts.dropAbove(4);
    expect(contracts.addresses).toEqual([factory]);
  });
});
