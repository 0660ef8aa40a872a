/**
 * The GPUs that machines claim to have, as data. What a provider writes is matched against these entries when it is
 * read, never when it is stored: a newer catalogue judges old claims anew. Memory is what one GPU can have, in MiB, as its
 * vendor names it (1 GB of a data sheet is 1,024 MiB here; `matchGpu` knows how far a reported size may be off).
 */
export interface GpuModel {
  /** `<vendor>-<model>` */
  readonly id: string;
  readonly vendor: 'NVIDIA' | 'AMD';
  readonly name: string;
  readonly kind: GpuKind;
  readonly vramMib: readonly number[];
  /** Names in lower case, as words: what the claim is read as, too. */
  readonly aliases: readonly string[];
  /** Where the vendor names its memory. */
  readonly source: string;
}

export type GpuKind = 'datacenter' | 'workstation' | 'consumer';

export interface GpuCatalogue {
  /** Changes with every change of the entries. */
  readonly version: string;
  readonly models: readonly GpuModel[];
}

const sources = {
  mig: 'https://docs.nvidia.com/datacenter/tesla/mig-user-guide/supported-gpus.html',
  nim: 'https://docs.nvidia.com/nim/vision-language-models/latest/support-matrix.html',
  dataCenter: 'https://www.nvidia.com/en-us/data-center/',
  workstation: 'https://www.nvidia.com/en-us/products/workstations/',
  geforce: 'https://www.nvidia.com/en-us/geforce/graphics-cards/compare/',
  rocm: 'https://rocm.docs.amd.com/en/latest/reference/gpu-specs.html',
} as const;

type Entry = readonly [model: string, vramGb: readonly number[], source: string, ...aliases: string[]];

const { mig, nim, dataCenter, workstation, geforce, rocm } = sources;

/** Two letters and a digit are many things: those are told only with the vendor's name. */
const nvidiaDataCenter: readonly Entry[] = [
  ['GB200', [186, 192], mig, 'gb200'],
  ['GH200', [96, 144], `${dataCenter}grace-hopper-superchip/`, 'gh200'],
  ['B300', [270, 288], nim, 'b300'],
  ['B200', [180, 192], mig, 'b200'],
  ['H200', [141], mig, 'h200'],
  ['H100', [80, 94], mig, 'h100'],
  ['H800', [80], `${dataCenter}h100/`, 'h800'],
  ['H20', [96, 141], mig, 'h20'],
  ['A100', [40, 80], mig, 'a100'],
  ['A800', [40, 80], `${dataCenter}a100/`, 'a800'],
  ['A40', [48], `${dataCenter}a40/`, 'a40'],
  ['A30', [24], mig, 'a30'],
  ['A16', [16], `${dataCenter}products/a16-gpu/`, 'nvidia a16', 'tesla a16'],
  ['A10G', [24], nim, 'a10g'],
  ['A10', [24], `${dataCenter}products/a10-gpu/`, 'a10'],
  ['A2', [16], `${dataCenter}products/a2/`, 'nvidia a2', 'tesla a2'],
  ['L40S', [48], `${dataCenter}l40s/`, 'l40s'],
  ['L40', [48], `${dataCenter}l40/`, 'l40'],
  ['L4', [24], `${dataCenter}l4/`, 'l4'],
  ['T4', [16], `${dataCenter}tesla-t4/`, 't4'],
  ['V100', [16, 32], `${dataCenter}v100/`, 'v100', 'v100s'],
  ['P100', [12, 16], `${dataCenter}tesla-p100/`, 'p100'],
  ['P40', [24], `${dataCenter}tesla-p40/`, 'p40'],
  ['P4', [8], `${dataCenter}tesla-p4/`, 'nvidia p4', 'tesla p4'],
  // Two GPUs of 12 GB on one board.
  ['K80', [12, 24], `${dataCenter}tesla-k80/`, 'k80'],
];

const nvidiaWorkstation: readonly Entry[] = [
  ['RTX PRO 6000 Blackwell', [96], mig, 'rtx pro 6000'],
  ['RTX PRO 5000 Blackwell', [48], mig, 'rtx pro 5000'],
  ['RTX PRO 4500 Blackwell', [32], mig, 'rtx pro 4500'],
  ['RTX 6000 Ada', [48], `${workstation}rtx-6000/`, 'rtx 6000 ada', 'a6000 ada', '6000 ada'],
  ['RTX 5000 Ada', [32], `${workstation}rtx-5000/`, 'rtx 5000 ada', '5000 ada'],
  ['RTX 4500 Ada', [24], `${workstation}rtx-4500/`, 'rtx 4500 ada', '4500 ada'],
  ['RTX 4000 Ada', [20], `${workstation}rtx-4000/`, 'rtx 4000 ada', 'rtx 4000 sff ada', '4000 ada'],
  ['RTX A6000', [48], `${workstation}rtx-a6000/`, 'a6000'],
  ['RTX A5500', [24], `${workstation}rtx-a5500/`, 'a5500'],
  ['RTX A5000', [24], `${workstation}rtx-a5000/`, 'a5000'],
  ['RTX A4500', [20], `${workstation}rtx-a4500/`, 'a4500'],
  ['RTX A4000', [16], `${workstation}rtx-a4000/`, 'a4000'],
  ['Quadro RTX 8000', [48], `${workstation}quadro/`, 'rtx 8000'],
  ['Quadro RTX 6000', [24], `${workstation}quadro/`, 'quadro rtx 6000'],
];

const nvidiaConsumer: readonly Entry[] = [
  ...toGeforce('5090', [32]),
  ...toGeforce('5080', [16]),
  ...toGeforce('5070 Ti', [16]),
  ...toGeforce('5070', [12]),
  ...toGeforce('5060 Ti', [8, 16]),
  ...toGeforce('4090', [24]),
  ...toGeforce('4080 Super', [16]),
  ...toGeforce('4080', [16]),
  ...toGeforce('4070 Ti Super', [16]),
  ...toGeforce('4070 Ti', [12]),
  ...toGeforce('4070 Super', [12]),
  ...toGeforce('4070', [12]),
  ...toGeforce('4060 Ti', [8, 16]),
  ...toGeforce('4060', [8]),
  ...toGeforce('3090 Ti', [24]),
  ...toGeforce('3090', [24]),
  ...toGeforce('3080 Ti', [12]),
  ...toGeforce('3080', [10, 12]),
  ...toGeforce('3070 Ti', [8]),
  ...toGeforce('3070', [8]),
  ...toGeforce('3060 Ti', [8]),
  ...toGeforce('3060', [8, 12]),
  ...toGeforce('2080 Ti', [11]),
];

const amdDataCenter: readonly Entry[] = [
  ['Instinct MI355X', [288], rocm, 'mi355x'],
  ['Instinct MI350X', [288], rocm, 'mi350x'],
  ['Instinct MI325X', [256], rocm, 'mi325x'],
  ['Instinct MI300X', [192], rocm, 'mi300x'],
  ['Instinct MI300A', [128], rocm, 'mi300a'],
  // Two GPUs of 64 GB in one module.
  ['Instinct MI250X', [64, 128], rocm, 'mi250x'],
  ['Instinct MI250', [64, 128], rocm, 'mi250'],
  ['Instinct MI210', [64], rocm, 'mi210'],
  ['Instinct MI100', [32], rocm, 'mi100'],
];

export const gpuCatalogue: GpuCatalogue = {
  version: '2026-11-26',
  models: [
    ...toModels('NVIDIA', 'datacenter', nvidiaDataCenter),
    ...toModels('NVIDIA', 'workstation', nvidiaWorkstation),
    ...toModels('NVIDIA', 'consumer', nvidiaConsumer),
    ...toModels('AMD', 'datacenter', amdDataCenter),
    ...toModels('AMD', 'workstation', [['Radeon PRO W7900', [48], rocm, 'w7900']]),
    ...toModels('AMD', 'consumer', [['Radeon RX 7900 XTX', [24], rocm, '7900 xtx']]),
  ],
};

/** A GeForce is told by its number alone. */
function toGeforce(number: string, vramGb: readonly number[]): readonly Entry[] {
  return [[`GeForce RTX ${number}`, vramGb, geforce, number.toLowerCase()]];
}

function toModels(vendor: GpuModel['vendor'], kind: GpuKind, entries: readonly Entry[]): readonly GpuModel[] {
  return entries.map(([model, vramGb, source, ...aliases]) => ({
    id: `${vendor} ${model}`.toLowerCase().replaceAll(' ', '-'),
    ...{ vendor, kind, source, aliases },
    name: `${vendor} ${model}`,
    vramMib: vramGb.map((gigabytes) => gigabytes * 1_024),
  }));
}
