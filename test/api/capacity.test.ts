import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import { address, chainRow, devnet, id, jobRow, networkRow, nodeRow, providerRow } from './seed.js';

const pool = { provider_id: id('pool') };
const time = new Date('2026-03-01T00:00:00Z');

describe('what a provider has, and for whom it works', () => {
  let open: OpenApi;

  beforeAll(async () => {
    open = await openApi({
      chain: [chainRow({ block_time: time })],
      network: [networkRow({ capabilities: JSON.stringify({ jobs: true }) })],
      provider: [providerRow('pool'), providerRow('idle')],
      node: [
        nodeRow('a', { ...pool, gpu_model: 'NVIDIA H100', gpu_count: 8 }),
        nodeRow('b', { ...pool, gpu_model: 'H100', gpu_count: 4 }),
        nodeRow('c', { ...pool, gpu_model: 'NVIDIA A100', gpu_count: 2 }),
        nodeRow('gone', { ...pool, gpu_model: 'NVIDIA A100', gpu_count: 64, active: false }),
      ],
      metric_progress: [{ network_id: devnet.network, rolled_time: time, rolled_height: 5, method_digest: '' }],
      task_running: [
        {
          ...{ job_id: id('j0'), task_id: id('t'), network_id: devnet.network, chain_id: devnet.id, ...pool },
          ...{ node_id: id('b'), assigned_time: time, hardware: 'nvidia-h100', last_time: time },
        },
      ],
      job: [
        ...Array.from({ length: 6 }, (_, at) => jobRow(`j${at}`, { ...pool, buyer: address('1') })),
        ...Array.from({ length: 2 }, (_, at) => jobRow(`k${at}`, { ...pool, buyer: address('2') })),
        jobRow('nobody', { ...pool, buyer: null }),
      ],
    });
  });

  afterAll(() => open.close());

  it('is counted by the model that is claimed; at work is who has a task', async () => {
    const { providers } = await open.read<{ providers: readonly { id: string; capacity: unknown[] }[] }>(
      '{ providers(orderBy: id, orderDirection: desc) { id capacity { model { id } machines gpus onlineGpus freeGpus } } }',
    );
    expect(providers).toEqual([
      {
        id: id('pool'),
        capacity: [
          { model: { id: 'nvidia-h100' }, machines: 2, gpus: 12, onlineGpus: null, freeGpus: 8 },
          { model: { id: 'nvidia-a100' }, machines: 1, gpus: 2, onlineGpus: null, freeGpus: 2 },
        ],
      },
      { id: id('idle'), capacity: [] },
    ]);
  });

  it('is told of buyers by their jobs, and null where no buyer is known', async () => {
    const { pool: own, idle } = await open.read<Record<'pool' | 'idle', { buyers: unknown }>>(
      `{ pool: provider(id: "${id('pool')}") { buyers { jobs buyers effective top { buyer jobs } } }
        idle: provider(id: "${id('idle')}") { buyers { jobs } } }`,
    );
    // 8 squared, by 36 and 4.
    expect(own.buyers).toEqual({
      ...{ jobs: 8, buyers: 2, effective: '1.60' },
      top: [
        { buyer: address('1'), jobs: 6 },
        { buyer: address('2'), jobs: 2 },
      ],
    });
    expect(idle).toEqual({ buyers: null });
  });

  it('takes one statement for all machines, and one for all buyers', async () => {
    const query = '{ providers { capacity { gpus } buyers { jobs } } }';
    // Providers, machines, whether they are heard, minutes that were seen, buyers.
    expect(await listStatements(() => open.read(query))).toHaveLength(5);
  });
});
