import { findHardwareGaps } from './findHardwareGaps.js';

const claim = { gpuModel: 'NVIDIA H100 80GB HBM3', gpuCount: 8, vramMb: 81_920 };

describe('a machine', () => {
  it.each([
    ['is what it claims to be', { gpuModel: 'H100-SXM', gpuCount: 8, vramMb: 81_559 }, []],
    ['is another one', { gpuModel: 'NVIDIA GeForce RTX 4090', gpuCount: 8, vramMb: 24_564 }, ['model', 'vram']],
    ['has fewer GPUs', { gpuModel: 'H100', gpuCount: 7 }, ['count']],
    ['has none', { gpuCount: 0 }, ['count']],
    ['has more than it sells', { gpuModel: 'H100', gpuCount: 16, vramMb: 81_920 }, []],
    ['names a GPU that nobody knows', { gpuModel: 'Prototype 7', gpuCount: 8 }, []],
  ])('%s', (_, said, gaps) => {
    expect(findHardwareGaps(claim, said)).toEqual(gaps);
  });

  it('that claims nothing falls short of nothing', () => {
    expect(findHardwareGaps({}, { gpuModel: 'H100', gpuCount: 1, vramMb: 1 })).toEqual([]);
    expect(findHardwareGaps({ gpuModel: null, gpuCount: null, vramMb: null }, { gpuCount: 0 })).toEqual([]);
  });

  it('is held to the memory of the model where no size is claimed', () => {
    expect(findHardwareGaps({ gpuModel: 'H100' }, { gpuModel: 'H100', vramMb: 24_576 })).toEqual(['vram']);
  });
});
