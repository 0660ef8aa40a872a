import { readFileSync } from 'node:fs';
import { describeWithShared, toSharedPath } from '../../test/sharedData.js';
import { findImplausible, hasClaim } from './findImplausible.js';
import { gpuCatalogue } from './gpuCatalogue.js';
import { isVramOf, matchGpu } from './matchGpu.js';

describe('the catalogue of GPUs', () => {
  it('names each model once, with memory that there is and where its vendor says so', () => {
    const { models, version } = gpuCatalogue;
    expect(version).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
    for (const { id, vramMib, source, aliases } of models) {
      expect([id, vramMib.every((size) => size >= 4 * 1_024 && size % 1_024 === 0)]).toEqual([id, true]);
      expect(source).toMatch(/^https:\/\/(www|docs)\.nvidia\.com\/|^https:\/\/rocm\.docs\.amd\.com\//);
      expect(aliases.length).toBeGreaterThan(0);
    }
  });

  it.each(gpuCatalogue.models)('knows $name by its own name, and by each of its sizes', ({ id, name, vramMib }) => {
    for (const text of [name, name.toUpperCase(), name.replaceAll(' ', '-')]) {
      expect([text, matchGpu(text).model?.id]).toEqual([text, id]);
    }
    for (const size of vramMib) {
      const gpuModel = `${name} ${size / 1_024}GB`;
      expect([gpuModel, findImplausible({ gpuModel, gpuCount: 1, vramMb: size })]).toEqual([gpuModel, []]);
    }
  });
});

/** As drivers, clouds and providers write them. */
const claims: readonly (readonly [claim: string, id: string | undefined])[] = [
  ['NVIDIA H100 80GB HBM3', 'nvidia-h100'],
  ['NVIDIA H100 PCIe', 'nvidia-h100'],
  ['NVIDIA H100 NVL', 'nvidia-h100'],
  ['h100-sxm', 'nvidia-h100'],
  ['H100SXM5', 'nvidia-h100'],
  ['8x H100', 'nvidia-h100'],
  ['H200', 'nvidia-h200'],
  ['NVIDIA H20', 'nvidia-h20'],
  ['NVIDIA B200', 'nvidia-b200'],
  ['NVIDIA-A100-SXM4-80GB', 'nvidia-a100'],
  ['A100-PCIE-40GB', 'nvidia-a100'],
  ['NVIDIA A10', 'nvidia-a10'],
  ['NVIDIA A10G', 'nvidia-a10g'],
  ['Tesla T4', 'nvidia-t4'],
  ['Tesla V100-SXM2-32GB', 'nvidia-v100'],
  ['Tesla P4', 'nvidia-p4'],
  ['NVIDIA L4', 'nvidia-l4'],
  ['NVIDIA L40', 'nvidia-l40'],
  ['NVIDIA L40S', 'nvidia-l40s'],
  ['NVIDIA RTX A6000', 'nvidia-rtx-a6000'],
  ['A6000', 'nvidia-rtx-a6000'],
  ['NVIDIA RTX 6000 Ada Generation', 'nvidia-rtx-6000-ada'],
  ['Quadro RTX 6000', 'nvidia-quadro-rtx-6000'],
  ['NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition', 'nvidia-rtx-pro-6000-blackwell'],
  ['NVIDIA GeForce RTX 4090', 'nvidia-geforce-rtx-4090'],
  ['rtx4090', 'nvidia-geforce-rtx-4090'],
  ['4090', 'nvidia-geforce-rtx-4090'],
  ['GeForce RTX 3090Ti', 'nvidia-geforce-rtx-3090-ti'],
  ['RTX 4070 Ti SUPER', 'nvidia-geforce-rtx-4070-ti-super'],
  ['RTX 3090', 'nvidia-geforce-rtx-3090'],
  ['RTX 5090', 'nvidia-geforce-rtx-5090'],
  ['AMD Instinct MI300X', 'amd-instinct-mi300x'],
  ['AMD Instinct MI300X OAM', 'amd-instinct-mi300x'],
  // No GPU, several, a part of one, or another one of the same name.
  ['', undefined],
  ['GPU', undefined],
  ['H1000', undefined],
  ['A100 or H100', undefined],
  ['RTX 6000', undefined],
  ['NVIDIA GeForce RTX 4090 Laptop GPU', undefined],
  ['NVIDIA GeForce RTX 4090 D', undefined],
  ['NVIDIA A100-SXM4-40GB MIG 1g.5gb', undefined],
  ['a2-highgpu-1g', undefined],
  ['p4d.24xlarge', undefined],
  ['Н100', undefined], // with a Cyrillic letter
];

describe('a claim', () => {
  it.each(claims)('%j is %s', (claim, id) => {
    expect(matchGpu(claim).model?.id).toBe(id);
  });

  it('of a megabyte costs no more than its beginning', () => {
    const begun = performance.now();
    expect(matchGpu('h100 '.repeat(200_000)).model?.id).toBe('nvidia-h100');
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it.each([
    // As the drivers report them.
    ['NVIDIA H100 80GB HBM3', 81_559, true],
    ['Tesla T4', 15_360, true],
    ['NVIDIA A10G', 22_731, true],
    ['NVIDIA H200', 143_771, true],
    ['NVIDIA GeForce RTX 4090', 24_564, true],
    ['A100', 40_000, true],
    ['A100', 81_920, true],
    ['A100', 65_536, false],
    ['Tesla T4', 81_920, false],
    ['RTX 4090', 49_152, false],
    ['H100', 1, false],
  ])('of %s with %i MiB can be: %s', (claim, vramMib, isPlausible) => {
    const { model } = matchGpu(claim);
    expect(model && isVramOf(model, vramMib)).toBe(isPlausible);
  });

  it.each([
    [{ gpuModel: 'H100', gpuCount: 8, vramMb: 81_920 }, []],
    // A quota of 0G Compute: no memory is said.
    [{ gpuModel: 'H200', gpuCount: 8 }, []],
    [{ gpuModel: 'RTX 4090', gpuCount: 8, vramMb: 81_920 }, ['impossibleVram']],
    [{ gpuModel: 'RTX 4090 48GB', gpuCount: 1 }, ['impossibleVram']],
    [{ gpuModel: 'A100 80GB', gpuCount: 1, vramMb: 40_960 }, ['contradictoryVram']],
    [{ gpuModel: 'H100', gpuCount: 17 }, ['tooMany']],
    [{ gpuModel: 'H100', gpuCount: 65_535, vramMb: 4_294_967 }, ['impossibleVram', 'tooMany']],
    [{ gpuModel: 'H100', gpuCount: 0 }, ['none']],
    [{ gpuModel: 'H100', gpuCount: -1 }, ['none']],
    [{ gpuModel: 'Quantum GPU 9000', gpuCount: 4 }, ['unknownModel']],
    [{ gpuModel: '', gpuCount: 4, vramMb: 1 }, ['unknownModel']],
    // Nothing is claimed, so nothing is doubted.
    [{ gpuModel: '', gpuCount: 0, vramMb: 0 }, []],
    [{ gpuModel: null, gpuCount: null, vramMb: null }, []],
    [{}, []],
  ] as const)('%j is doubted for %j', (claim, reasons) => {
    expect(findImplausible(claim)).toEqual(reasons);
    if (reasons.length > 0) expect(hasClaim(claim)).toBe(true);
  });
});

describeWithShared('marlin-oyster/rates.json', 'instance types that real providers rent out', () => {
  it('are taken for no GPU', () => {
    const text = readFileSync(toSharedPath('marlin-oyster/rates.json'), 'utf8');
    const instances = new Set(Array.from(text.matchAll(/"instance": "([^"]+)"/g), ([, name = '']) => name));
    expect(instances.size).toBeGreaterThan(100);
    expect([...instances].filter((name) => matchGpu(name).model)).toEqual([]);
  });
});
