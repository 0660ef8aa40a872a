import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  anomalyRow,
  at,
  chainRow,
  devnet,
  emptyNetworks,
  hash,
  networkRow,
  quarantineRow,
  recorded,
  recordedChainRow,
  recordedNetworkRow,
} from './seed.js';

const conservation = {
  stake: true,
  spending: { from: 'escrow', payouts: 'all' },
  escrow: 'Deposits write no log.',
};

describe('anomalies', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      chain: [chainRow(), recordedChainRow()],
      network: [networkRow({ conservation }), recordedNetworkRow()],
      conservation_progress: [{ chain_id: devnet.id, height: 99 }, { chain_id: recorded.id }],
      anomaly: [
        anomalyRow(7),
        anomalyRow(9, { rule: 'statedStake', subject: address('a') }),
        anomalyRow(8, {
          ...{ chain_id: recorded.id, network_id: recorded.network, token: `${recorded.network}:lpt` },
          ...{ rule: 'stake', subject: address('b') },
        }),
      ],
      quarantine: [
        quarantineRow(8, { stage: 'odd', reason: 'The task had ended before.' }),
        quarantineRow(3, { stage: 'decode' }),
      ],
    });
  });
  afterAll(() => open.close());

  it('are amounts that break a rule and logs that contradict what came before, the newest first', async () => {
    const { anomalies } = await open.read(`{ anomalies(where: { network: "${devnet.network}" }) {
      id rule subject expected got reason height at transaction token { symbol decimals } network { id } } }`);
    const of = { network: { id: devnet.network } };
    const amounts = { expected: '5000000000', got: '4000000000', reason: null, token: { symbol: 'RLC', decimals: 9 } };
    const transaction = `0x${hash('c').toString('hex')}`;
    expect(anomalies).toEqual([
      {
        ...{ id: `31337-9-0-statedStake-${address('a')}`, rule: 'statedStake', subject: address('a'), ...amounts },
        ...{ height: '9', at: at(9).toISOString(), transaction, ...of },
      },
      {
        ...{ id: '31337-8-0-sequence', rule: 'sequence', subject: null, expected: null, got: null, token: null },
        reason: 'The task had ended before.',
        ...{ height: '8', at: at(8).toISOString(), transaction: `0x${hash('e').toString('hex')}`, ...of },
      },
      {
        ...{ id: '31337-7-0-spending-iexec-devnet:rlc', rule: 'spending', subject: 'iexec-devnet:rlc', ...amounts },
        ...{ height: '7', at: at(7).toISOString(), transaction, ...of },
      },
    ]);
  });

  it('can be asked for by chain and rule, a page at a time', async () => {
    const ask = (args: string) => open.read<{ anomalies: { height: string }[] }>(`{ anomalies(${args}) { height } }`);
    const heights = async (args: string) => (await ask(args)).anomalies.map(({ height }) => height);
    expect(await heights(`where: { chain: "${recorded.id}" }`)).toEqual(['8']);
    expect(await heights('where: { rule: "sequence" }')).toEqual(['8']);
    expect(await heights('first: 2, skip: 1, orderDirection: asc')).toHaveLength(2);
    expect(await heights('where: { rule: "escrow" }')).toEqual([]);
  });

  it('are counted by chain, apart from logs that were set aside, with how far amounts are checked', async () => {
    const { _meta } = await open.read(`{ _meta { hasIndexingErrors chains {
      id anomalyCount checkedNumber quarantined anomalies(first: 1) { height } } } }`);
    expect(_meta).toEqual({
      hasIndexingErrors: true,
      chains: [
        { id: '31337', anomalyCount: 3, checkedNumber: '99', quarantined: 1, anomalies: [{ height: '9' }] },
        { id: `${recorded.id}`, anomalyCount: 1, checkedNumber: null, quarantined: 0, anomalies: [{ height: '8' }] },
      ],
    });
  });

  it('come with what amounts are held against, and why not', async () => {
    const { networks } = await open.read('{ networks(orderBy: id) { id conservation { name applies reason } } }');
    expect(networks).toEqual([
      {
        id: devnet.network,
        conservation: [
          { name: 'escrow', applies: false, reason: 'Deposits write no log.' },
          { name: 'spending', applies: true, reason: null },
          { name: 'stake', applies: true, reason: null },
        ],
      },
      { id: recorded.network, conservation: [] },
    ]);
  });
});
