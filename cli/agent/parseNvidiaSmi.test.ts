import { readBeat } from '../../schema/heartbeat/parseBatch.js';
import { parseNvidiaSmi, type Reading } from './parseNvidiaSmi.js';

/** As the command printed them, by kind of machine. */
const outputs: readonly { readonly of: string; readonly output: string; readonly reading: Reading | null }[] = [
  {
    of: 'one consumer card',
    output: 'NVIDIA GeForce RTX 4090, 24564, 18213, 97\n',
    reading: {
      utilPermille: 970,
      memoryPermille: 741,
      hardware: { gpuModel: 'NVIDIA GeForce RTX 4090', gpuCount: 1, vramMb: 24_564 },
    },
  },
  {
    of: 'eight equal cards',
    output: Array.from({ length: 8 }, (_, at) => `NVIDIA H100 80GB HBM3, 81559, ${at * 10_000}, ${at * 10}`).join('\n'),
    reading: {
      utilPermille: 350,
      memoryPermille: 429,
      hardware: { gpuModel: 'NVIDIA H100 80GB HBM3', gpuCount: 8, vramMb: 81_559 },
    },
  },
  {
    of: 'MIG: load is not told',
    output: 'NVIDIA A800-SXM4-80GB, 81920, 36537, [N/A]\n',
    reading: {
      memoryPermille: 446,
      hardware: { gpuModel: 'NVIDIA A800-SXM4-80GB', gpuCount: 1, vramMb: 81_920 },
    },
  },
  {
    of: 'MIG in a container without rights',
    output: 'NVIDIA A100-SXM4-80GB, [Insufficient Permissions], [Insufficient Permissions], [N/A]\n',
    reading: { hardware: { gpuModel: 'NVIDIA A100-SXM4-80GB', gpuCount: 1 } },
  },
  {
    of: 'an old driver that does not know the load',
    output: 'GeForce GT 710, 2002, 412, [Not Supported]\r\n',
    reading: { memoryPermille: 206, hardware: { gpuModel: 'GeForce GT 710', gpuCount: 1, vramMb: 2_002 } },
  },
  {
    of: 'memory that is shared with the processors',
    output: 'NVIDIA GB10, [N/A], [N/A], 3\n',
    reading: { utilPermille: 30, hardware: { gpuModel: 'NVIDIA GB10', gpuCount: 1 } },
  },
  {
    of: 'a card in a bad way beside good ones',
    output: [
      'NVIDIA RTX A6000, 49140, 1024, 0',
      'NVIDIA RTX A6000, 49140, 2048, 100',
      'NVIDIA RTX A6000, [Unknown Error], [Unknown Error], [Unknown Error]',
      'Tesla T4, 15360, 0, 20',
    ].join('\n'),
    reading: {
      utilPermille: 400,
      memoryPermille: 27,
      hardware: { gpuModel: 'NVIDIA RTX A6000', gpuCount: 2, vramMb: 49_140 },
    },
  },
  {
    of: 'no driver',
    output:
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n",
    reading: null,
  },
  { of: 'no cards', output: 'No devices were found\n', reading: null },
  {
    of: 'a card that is lost',
    output:
      'Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.  Reboot the system to recover this GPU\n',
    reading: null,
  },
  { of: 'nothing', output: '', reading: null },
];

describe('parseNvidiaSmi', () => {
  it.each(outputs)('$of', ({ output, reading }) => {
    const parsed = parseNvidiaSmi(output);
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(reading);
    // A gateway takes it.
    const beat = JSON.parse(JSON.stringify({ node: 0, slot: 1, sentAt: 60_000, ...parsed }));
    expect(readBeat(beat)).not.toHaveProperty('flaw');
  });
});
