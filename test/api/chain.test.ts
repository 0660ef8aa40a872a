import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyDigest, toDigest } from '../../indexer/writer/digest.js';
import { type OpenApi, openApi } from './openApi.js';
import { at, chainRow, emptyNetworks, hash } from './seed.js';

const digest = { sum: hash('d'), rows: 1_234 };
const block = { chain_id: 31_337, hash: hash('a'), parent_hash: hash('b'), time: at(0) };
const range = (height_from: number, height_to: number, level: string) => ({
  chain_id: 31_337,
  height_from,
  height_to,
  level,
});
const endpoint = (name: string, row: Record<string, unknown> = {}) => ({
  chain_id: 31_337,
  name,
  role: 'any',
  state: 'usable',
  requests: 10,
  calls: 40,
  bytes: '5000000000',
  failures: 1,
  faults: 0,
  updated_at: at(1),
  ...row,
});

describe('a chain', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      chain: [
        chainRow({ safe_height: 95, reorgs: 3, deepest_reorg: 7 }),
        chainRow({ chain_id: 7, name: 'new', height: null, block_hash: null, block_time: null }),
      ],
      block: [
        { ...block, height: 100, digest_sum: digest.sum, digest_rows: digest.rows },
        { ...block, height: 99, digest_sum: emptyDigest.sum, digest_rows: 0 },
      ],
      verified_range: [range(0, 49, 'none'), range(50, 89, 'superset'), range(90, 99, 'exact')],
      endpoint: [
        endpoint('https://two.example', { state: 'setAside', faults: 1, fault_reason: 'logMissing', fault_at: at(2) }),
        endpoint('https://one.example', { latency_ms: 25, rate_limit: 50, head_height: 103 }),
      ],
    });
  });
  afterAll(() => open.close());

  it('tells how often it was taken back, what is safe, and the digest of its last block as the writer has it', async () => {
    const { _meta } = await open.read('{ _meta(chain: 31337) { chain { reorgs deepestReorg safeNumber digest } } }');
    expect(_meta).toEqual({ chain: { reorgs: 3, deepestReorg: 7, safeNumber: '95', digest: toDigest(digest) } });
  });

  it('tells what is proven of it, the newest first, and the share of that', async () => {
    const { _meta } = await open.read(
      '{ _meta(chain: 31337) { chain { verifiedShare verified(first: 2) { from to level } } } }',
    );
    expect(_meta).toEqual({
      chain: {
        verifiedShare: 0.5,
        verified: [
          { from: '90', to: '99', level: 'exact' },
          { from: '50', to: '89', level: 'superset' },
        ],
      },
    });
    const { message } = await open.fail('{ _meta { chain { verified(first: 1001) { level } } } }');
    expect(message).toMatch(/Expected first to be from 1 to 1000/);
  });

  it('tells how its endpoints do', async () => {
    const { _meta } = await open.read(`{ _meta(chain: 31337) { chain { endpoints { name role state requests calls bytes
      failures faults faultReason faultDetail faultAt latencyMs rateLimit headNumber setAsideUntil updatedAt } } } }`);
    const common = { role: 'any', requests: '10', calls: '40', bytes: '5000000000', failures: '1' };
    expect(_meta).toEqual({
      chain: {
        endpoints: [
          {
            ...common,
            name: 'https://one.example',
            state: 'usable',
            faults: '0',
            faultReason: null,
            faultDetail: null,
            faultAt: null,
            latencyMs: 25,
            rateLimit: 50,
            headNumber: '103',
            setAsideUntil: null,
            updatedAt: at(1).toISOString(),
          },
          expect.objectContaining({
            name: 'https://two.example',
            state: 'setAside',
            faults: '1',
            faultReason: 'logMissing',
            faultAt: at(2).toISOString(),
            latencyMs: null,
          }),
        ],
      },
    });
  });

  it('that nothing is written of has no digest, no share and no ranges', async () => {
    const { _meta } = await open.read(
      '{ _meta(chain: 7) { chain { digest verifiedShare verified { level } endpoints { name } reorgs } } }',
    );
    expect(_meta).toEqual({ chain: { digest: null, verifiedShare: null, verified: [], endpoints: [], reorgs: 0 } });
  });
});
