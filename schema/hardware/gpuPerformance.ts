/**
 * How much work a GPU does, as its vendor's data sheet says: dense 16-bit matrix TFLOPS (BF16, else FP16) with 32-bit
 * accumulation, without sparsity. It makes prices of different models comparable, no more: real work is bound by memory as
 * often. Ids are those of `gpuCatalogue`; of a model in several forms the strongest (SXM before PCIe) stands. A model that is
 * not here has no normalised price. Metrics that use it name the version: another table restates history.
 */
export interface GpuPerformance {
  /** Decimal. */
  readonly tflops: string;
  readonly source: string;
}

export interface GpuPerformanceTable {
  /** Changes with every change of the entries. */
  readonly version: string;
  /** The model whose work is the unit: an H100-equivalent hour. */
  readonly reference: string;
  readonly models: ReadonlyMap<string, GpuPerformance>;
}

const sources = {
  hopper: 'https://resources.nvidia.com/en-us-tensor-core/nvidia-tensor-core-gpu-datasheet',
  gh200: 'https://resources.nvidia.com/en-us-grace-cpu/grace-hopper-superchip',
  blackwell: 'https://resources.nvidia.com/en-us-blackwell-architecture',
  a100: 'https://www.nvidia.com/en-us/data-center/a100/',
  ampere: 'https://www.nvidia.com/en-us/data-center/',
  ada: 'https://www.nvidia.com/en-us/data-center/l40s/',
  l4: 'https://www.nvidia.com/en-us/data-center/l4/',
  t4: 'https://www.nvidia.com/en-us/data-center/tesla-t4/',
  v100: 'https://www.nvidia.com/en-us/data-center/v100/',
  workstation: 'https://www.nvidia.com/en-us/products/workstations/',
  geforceBlackwell:
    'https://images.nvidia.com/aem-dam/Solutions/geforce/blackwell/nvidia-rtx-blackwell-gpu-architecture.pdf',
  geforceAda: 'https://images.nvidia.com/aem-dam/Solutions/geforce/ada/nvidia-ada-gpu-architecture.pdf',
  geforceAmpere: 'https://www.nvidia.com/content/PDF/nvidia-ampere-ga-102-gpu-architecture-whitepaper-v2.pdf',
  instinct: 'https://www.amd.com/en/products/accelerators/instinct.html',
  radeon: 'https://www.amd.com/en/products/graphics/desktops/radeon.html',
} as const;

type Entry = readonly [model: string, tflops: string, source: keyof typeof sources];

const entries: readonly Entry[] = [
  ['nvidia-gb200', '2500', 'blackwell'],
  ['nvidia-b300', '2250', 'blackwell'],
  ['nvidia-b200', '2250', 'blackwell'],
  ['nvidia-gh200', '989', 'gh200'],
  ['nvidia-h200', '989', 'hopper'],
  ['nvidia-h100', '989', 'hopper'],
  ['nvidia-h800', '989', 'hopper'],
  ['nvidia-h20', '148', 'hopper'],
  ['nvidia-a100', '312', 'a100'],
  ['nvidia-a800', '312', 'a100'],
  ['nvidia-a40', '149.7', 'ampere'],
  ['nvidia-a30', '165', 'ampere'],
  ['nvidia-a10', '125', 'ampere'],
  ['nvidia-l40s', '362', 'ada'],
  ['nvidia-l40', '181', 'ada'],
  ['nvidia-l4', '121', 'l4'],
  ['nvidia-t4', '65', 't4'],
  ['nvidia-v100', '125', 'v100'],
  ['nvidia-rtx-6000-ada', '364.2', 'workstation'],
  ['nvidia-rtx-a6000', '154.8', 'workstation'],
  ['nvidia-rtx-a5000', '111.1', 'workstation'],
  ['nvidia-rtx-a4000', '76.7', 'workstation'],
  ['nvidia-geforce-rtx-5090', '209.5', 'geforceBlackwell'],
  ['nvidia-geforce-rtx-5080', '112.6', 'geforceBlackwell'],
  ['nvidia-geforce-rtx-5070-ti', '87.9', 'geforceBlackwell'],
  ['nvidia-geforce-rtx-5070', '61.7', 'geforceBlackwell'],
  ['nvidia-geforce-rtx-4090', '165.2', 'geforceAda'],
  ['nvidia-geforce-rtx-4080', '97.5', 'geforceAda'],
  ['nvidia-geforce-rtx-4070-ti', '80.2', 'geforceAda'],
  ['nvidia-geforce-rtx-3090-ti', '80', 'geforceAda'],
  ['nvidia-geforce-rtx-3090', '71', 'geforceAmpere'],
  ['nvidia-geforce-rtx-3080', '59.5', 'geforceAmpere'],
  ['nvidia-geforce-rtx-3070', '40.6', 'geforceAmpere'],
  ['amd-instinct-mi355x', '2516.6', 'instinct'],
  ['amd-instinct-mi350x', '2306.9', 'instinct'],
  ['amd-instinct-mi325x', '1307.4', 'instinct'],
  ['amd-instinct-mi300x', '1307.4', 'instinct'],
  ['amd-instinct-mi300a', '980.6', 'instinct'],
  ['amd-instinct-mi210', '181', 'instinct'],
  ['amd-instinct-mi100', '184.6', 'instinct'],
  ['amd-radeon-rx-7900-xtx', '122.8', 'radeon'],
];

export const gpuPerformance: GpuPerformanceTable = {
  version: '2026-11-26',
  reference: 'nvidia-h100',
  models: new Map(entries.map(([model, tflops, source]) => [model, { tflops, source: sources[source] }])),
};
