import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import { devnet, seed } from './seed.js';
import { makePartitions } from './seedHeartbeats.js';
import { heardSeed, minutesAgo, NOW, rankingSeed } from './seedRanking.js';

/** Only the clock is ours: sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date(NOW), doNotFake: timers });

let open: OpenApi;
beforeAll(async () => {
  open = await openApi(rankingSeed);
  await makePartitions(open.url);
  await seed(open.url, heardSeed);
});
afterAll(() => open.close());

const fields = `{ asks gpus freeGpus floor median notThere withoutUsd withoutAsk at buckets { from to asks gpus }
  byHardware { hardware asks gpus floor median highest } }`;

async function ask(args: string): Promise<Record<string, unknown> | null> {
  return (await open.read<{ askBook: Record<string, unknown> | null }>(`{ askBook(${args}) ${fields} }`)).askBook;
}

describe('what is asked for a GPU-hour', () => {
  it('is a distribution over the machines that are there, by hardware and in USD', async () => {
    const book = await ask(`network: "${devnet.network}"`);
    // Of steady, cheap and wash two machines each; those of away fell silent, and two providers ask for no GPU-hour.
    expect(book).toMatchObject({ asks: 6, gpus: 48, freeGpus: 40, notThere: 2, withoutUsd: 0, withoutAsk: 4 });
    expect(book).toMatchObject({ floor: '0.05', median: '0.75', at: minutesAgo(600).toISOString() });
    const ofModel = { asks: 3, gpus: 24, floor: '0.05', median: '0.75', highest: '1' };
    expect(book?.byHardware).toEqual([
      { hardware: 'nvidia-a100', ...ofModel },
      { hardware: 'nvidia-h100', ...ofModel },
    ]);
    const buckets = book?.buckets as readonly { readonly gpus: number }[];
    expect(buckets).toHaveLength(14);
    expect(buckets.filter(({ gpus }) => gpus > 0)).toEqual([
      { from: '0.05', to: '0.063', asks: 2, gpus: 16 },
      { from: '0.63', to: '0.8', asks: 2, gpus: 16 },
      { from: '1', to: '1.25', asks: 2, gpus: 16 },
    ]);
  });

  it('is of one class of hardware by any of its names', async () => {
    expect(await ask(`network: "${devnet.network}", hardware: "H100"`)).toMatchObject({
      ...{ asks: 3, gpus: 24, freeGpus: 16, notThere: 1, withoutAsk: 2 },
      byHardware: [{ hardware: 'nvidia-h100' }],
    });
  });

  it('is nothing where nobody asks, and null of a network that is not there', async () => {
    expect(await ask(`network: "${devnet.network}", hardware: "nvidia-l4"`)).toMatchObject({
      ...{ asks: 0, gpus: 0, floor: null, median: null, buckets: [], byHardware: [], at: null },
    });
    expect(await ask('network: "nowhere"')).toBeNull();
    const { message } = await open.fail(`{ askBook(network: "${devnet.network}", hardware: "abacus") { asks } }`);
    expect(message).toMatch(/^Expected a GPU of the catalogue, got "abacus"/);
  });
});
