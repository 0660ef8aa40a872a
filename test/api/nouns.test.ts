import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  at,
  attemptRow,
  devnet,
  emptyNetworks,
  eventRow,
  hash,
  id,
  jobRow,
  nodeRow,
  providerRow,
  quarantineRow,
  taskRow,
  verificationRow,
} from './seed.js';

const log = (height: number, row: Record<string, unknown>) => ({
  ...{ chain_id: devnet.id, network_id: devnet.network, height, log_index: 4, time: at(height) },
  ...row,
});
const token = id('rlc');
const SLOT = at(0).getTime() / 60_000;
const HOUR = at(0).getTime() / 3_600_000;

describe('lists of what the chain and its machines say', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      block: [
        { chain_id: devnet.id, height: 8, hash: hash('8'), parent_hash: hash('7'), time: at(8) },
        { chain_id: devnet.id, height: 5, hash: hash('5'), time: at(5) },
      ],
      provider: [providerRow('p')],
      node: [
        nodeRow('n1', { provider_id: id('p'), active: true, region: 'eu', gpu_model: 'NVIDIA RTX 4090', gpu_count: 2 }),
        nodeRow('n2', { terms: { disk: 5 } }),
      ],
      node_version: [{ node_id: id('n1'), chain_id: devnet.id, height_from: 2, gpu_count: 2 }],
      job: [jobRow('j', { provider_id: id('p'), volume: 2 })],
      task: [
        taskRow('t1', { job_id: id('j'), status: 'completed', ended_time: at(9), attempts: 1 }),
        taskRow('t2', { job_id: id('j'), position: 1 }),
      ],
      attempt: [attemptRow(3, { task_id: id('t1'), job_id: id('j'), provider_id: id('p'), node_id: id('n1') })],
      verification: [verificationRow(4, { task_id: id('t1'), job_id: id('j'), provider_id: id('p') })],
      event: [eventRow(3, { job_id: id('j'), provider_id: id('p') }), eventRow(7, { name: 'Noted', kind: 'unmapped' })],
      price: [
        log(3, { provider_id: id('p'), node_id: id('n1'), basis: 'advertised', unit: 'hour', token, amount: 36 }),
        log(6, { job_id: id('j'), part: 1, basis: 'settled', unit: 'task', token, amount: 5, scale: 12 }),
      ],
      escrow_change: [
        log(2, {
          job_id: id('j'),
          account: address('a'),
          kind: 'deposited',
          token,
          amount: 9,
          delta: 9,
          tx_hash: hash('e'),
        }),
      ],
      parameter_change: [log(1, { name: 'kickback', value: '20', tx_hash: hash('b') })],
      quarantine: [quarantineRow(6), quarantineRow(7, { stage: 'odd', reason: 'It had ended before.' })],
      heartbeat_node: [
        { node_id: id('n1'), network_id: devnet.network, provider_id: id('old') },
        { node_id: id('p'), network_id: devnet.network },
      ],
      metric_subject: [
        { kind: 'provider', id: id('p'), network_id: devnet.network },
        { kind: 'operator', id: id('p'), network_id: devnet.network },
      ],
      score: [HOUR, HOUR + 24].flatMap((hour, at) =>
        [1, 2].map((subject_key) => ({
          ...{
            subject_key,
            hour,
            method_version: 1,
            score: `${40 + at}.5`,
            evidence: 'thin',
            evidence_weight: '7',
            detail: {},
          },
        })),
      ),
      outage: [
        { node_key: 1, from_slot: SLOT, last_slot: SLOT + 4, down: 3, ended: true },
        { node_key: 2, from_slot: SLOT + 2, last_slot: SLOT + 9, down: 8, ended: false },
      ],
    });
  });
  afterAll(() => open.close());

  const read = async (selection: string) =>
    Object.values(await open.read<Record<string, unknown>>(`{ ${selection} }`))[0];
  const provider = { id: id('p') };
  const job = { id: id('j') };
  const network = { id: devnet.network };

  it('blocks', async () => {
    const fields = 'id number hash parentHash timestamp chain { id }';
    expect(await read(`blocks { ${fields} }`)).toEqual([
      {
        ...{ id: '31337-8', number: '8', hash: `0x${'8'.repeat(64)}`, parentHash: `0x${'7'.repeat(64)}` },
        ...{ timestamp: at(8).toISOString(), chain: { id: '31337' } },
      },
      {
        ...{ id: '31337-5', number: '5', hash: `0x${'5'.repeat(64)}`, parentHash: null },
        ...{ timestamp: at(5).toISOString(), chain: { id: '31337' } },
      },
    ]);
    expect(await read(`blocks(where: { hash: "0x${'5'.repeat(64)}" }) { id }`)).toEqual([{ id: '31337-5' }]);
    expect(await read('blocks(where: { id_in: ["31337-8", "31337-8-0"] }) { number }')).toEqual([{ number: '8' }]);
  });

  it('nodes', async () => {
    const fields =
      'id nativeId active region gpuCount provider { id } network { id } terms { name value } gpu { model { id } } reliability { known }';
    expect(await read(`nodes { ${fields} }`)).toEqual([
      {
        ...{ id: id('n1'), nativeId: 'n1', active: true, region: 'eu', gpuCount: 2, provider, network, terms: [] },
        ...{ gpu: { model: { id: 'nvidia-geforce-rtx-4090' } }, reliability: { known: '0' } },
      },
      {
        ...{ id: id('n2'), nativeId: 'n2', active: null, region: null, gpuCount: null, provider: null, network },
        ...{ terms: [{ name: 'disk', value: '5' }], gpu: null, reliability: null },
      },
    ]);
    expect(await read('nodes(where: { gpuModel_contains_nocase: "rtx" }) { id }')).toEqual([{ id: id('n1') }]);
  });

  it('tasks, attempts and verifications', async () => {
    expect(
      await read('tasks(where: { status: completed }) { id index job { id } network { id } attemptCount }'),
    ).toEqual([{ id: id('t1'), index: 0, job, network, attemptCount: 1 }]);
    expect(await read('attempts { id task job { id } provider { id } node height at }')).toEqual([
      { id: '31337-3-0', task: id('t1'), job, provider, node: id('n1'), height: '3', at: at(3).toISOString() },
    ]);
    expect(await read('attempts(where: { task_: { index: 1 } }) { id }')).toEqual([]);
    expect(await read('verifications { id mechanism result task job provider { id } network { id } height }')).toEqual([
      {
        ...{ id: '31337-4-0', mechanism: 'consensus', result: 'accepted', task: id('t1'), job: id('j') },
        ...{ provider, network, height: '4' },
      },
    ]);
  });

  it('events', async () => {
    expect(await read('events { id name job provider network { id } }')).toEqual([
      { id: '31337-7-0', name: 'Noted', job: null, provider: null, network },
      { id: '31337-3-0', name: 'OrdersMatched', job: id('j'), provider: id('p'), network },
    ]);
    expect(await read('events(where: { name_not: "Noted", job_: { volume: 2 } }) { id }')).toEqual([
      { id: '31337-3-0' },
    ]);
  });

  it('prices', async () => {
    const price = 'price { amount unit decimals usdPerGpuHour { reason } }';
    expect(await read(`prices { id basis provider { id } job { id } node network { id } ${price} }`)).toEqual([
      {
        ...{ id: '31337-6-4-1', basis: 'settled', provider: null, job, node: null, network },
        price: { amount: '5', unit: 'task', decimals: 12, usdPerGpuHour: null },
      },
      {
        ...{ id: '31337-3-4', basis: 'advertised', provider, job: null, node: id('n1'), network },
        price: { amount: '36', unit: 'hour', decimals: 9, usdPerGpuHour: { reason: 'NO_FEED' } },
      },
    ]);
  });

  it('escrow, rules and logs that were set aside', async () => {
    expect(
      await read('escrowChanges { id kind amount delta account job { id } token { symbol } usd { reason } }'),
    ).toEqual([
      {
        ...{ id: '31337-2-4', kind: 'deposited', amount: '9', delta: '9', account: address('a'), job },
        ...{ token: { symbol: 'RLC' }, usd: { reason: 'NO_FEED' } },
      },
    ]);
    expect(await read('parameterChanges { id name value network { id } height }')).toEqual([
      { id: '31337-1-4', name: 'kickback', value: '20', network, height: '1' },
    ]);
    expect(
      await read('quarantinedLogs(where: { stage_not: "odd" }) { id stage reason topics network { id } }'),
    ).toEqual([
      { id: '31337-6-0', stage: 'decode', reason: 'unknown topic', topics: [`0x${'f'.repeat(64)}`], network },
    ]);
  });

  it('outages', async () => {
    const times = { from: at(0).toISOString(), to: at(5).toISOString() };
    expect(await read('outages { node provider { id } network { id } from to minutes ended }')).toEqual([
      {
        ...{ node: id('p'), provider: null, network, minutes: 8, ended: false },
        from: at(2).toISOString(),
        to: at(10).toISOString(),
      },
      { ...{ node: id('n1'), provider, network, minutes: 3, ended: true }, ...times },
    ]);
    expect(
      await read(`outages(where: { to_lte: "${times.to}", minutes_gt: 2, provider: "${id('p')}" }) { node }`),
    ).toEqual([{ node: id('n1') }]);
  });

  it.each([
    ['block', '31337-8'],
    ['node', id('n1')],
    ['task', id('t2')],
    ['attempt', '31337-3-0'],
    ['verification', '31337-4-0'],
    ['event', '31337-7-0'],
    ['price', '31337-6-4-1'],
    ['escrowChange', '31337-2-4'],
    ['parameterChange', '31337-1-4'],
    ['quarantinedLog', '31337-6-0'],
    ['anomaly', '31337-7-0-sequence'],
  ])('one %s by id, in any letter case, else null', async (name, known) => {
    expect(await read(`${name}(id: "${name === 'anomaly' ? known : known.toUpperCase()}") { id }`)).toEqual({
      id: known,
    });
    for (const unknown of ['', 'x', '9-9-9', id('nobody')]) {
      expect(await read(`${name}(id: "${unknown}") { id }`)).toBeNull();
    }
  });

  it('scores, of providers alone', async () => {
    const later = new Date(at(0).getTime() + 86_400_000).toISOString();
    expect(await read('scores { at score evidence provider { id } }')).toEqual([
      { at: later, score: '41.5', evidence: 'thin', provider },
      { at: at(0).toISOString(), score: '40.5', evidence: 'thin', provider },
    ]);
    const where = `{ score_gte: "41", evidence_not: none, at_gt: "${at(0).toISOString()}", provider_: { id: "${id('p')}" } }`;
    expect(await read(`scoresConnection(where: ${where}) { totalCount nodes { at parts { name value } } }`)).toEqual({
      totalCount: '1',
      nodes: [
        {
          at: later,
          parts: ['availability', 'jobSuccess', 'promise', 'integrity'].map((name) => ({ name, value: null })),
        },
      ],
    });
  });
});
