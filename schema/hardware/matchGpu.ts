import { type GpuModel, gpuCatalogue } from './gpuCatalogue.js';

export interface GpuMatch {
  /** Undefined: no entry of the catalogue, or more than one. */
  readonly model: GpuModel | undefined;
  /** MiB that the claim's text names. */
  readonly namedVramMib: number | undefined;
}

/**
 * Which GPU a claim is about: "NVIDIA H100 80GB HBM3", "h100-sxm", "8x RTX4090". Words are compared, not letters: an A10
 * is no A100. The longest name wins; what names two models, or a part of one, names none.
 */
export function matchGpu(claim: string): GpuMatch {
  const words = toWords(claim.slice(0, MAX_CLAIM));
  return { model: findModel(words), namedVramMib: findVram(words) };
}

/** A reported size is a little below the nominal one, for error correction and firmware; GB may be decimal ones. */
export function isVramOf({ vramMib }: Pick<GpuModel, 'vramMib'>, mebibytes: number): boolean {
  return vramMib.some((nominal) => mebibytes >= nominal * 0.9 && mebibytes <= nominal * 1.03);
}

/** Longer texts name no model, they tell a story. Characters. */
const MAX_CLAIM = 256;

/** Cut at whatever is no letter or digit, before a number that a series' name sticks to, and behind it. */
function toWords(claim: string): readonly string[] {
  const spaced = claim
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(geforce|rtx|gtx|tesla|quadro|nvidia)(?=[a-z]?\d)/g, '$1 ')
    .replace(/(\d)(ti|super|ada|xtx)\b/g, '$1 $2')
    .replace(/\bti(super)\b/g, 'ti $1')
    .replace(/\b([ahbv]\d00)(sxm\d?|pcie|nvl)\b/g, '$1 $2')
    .replace(/(\d) (gi?b)\b/g, '$1$2');
  return spaced.split(' ').filter((word) => word !== '');
}

/** Smaller chips of the same name, and parts of one. */
const OTHERS = new Set(['laptop', 'mobile', 'mig', 'vgpu', 'd', 'q']);

interface Found {
  readonly model: GpuModel;
  readonly from: number;
  readonly to: number;
}

function findModel(words: readonly string[]): GpuModel | undefined {
  // "Max-Q" of a workstation card is the whole card with less power.
  const others = words.filter((word, at) => OTHERS.has(word) && !(word === 'q' && words.includes('pro') && at > 0));
  if (others.length > 0) return undefined;
  const found = aliases.flatMap(({ model, parts }) => findAll(words, parts).map((from) => toFound(model, from, parts)));
  const [longest, ...rest] = found.sort((one, other) => other.to - other.from - (one.to - one.from));
  if (!longest) return undefined;
  const isPart = ({ from, to }: Found) => from < longest.to && to > longest.from;
  const isOther = (one: Found) => one.model !== longest.model && (!isPart(one) || isAsLong(one, longest));
  return rest.some(isOther) ? undefined : longest.model;
}

const aliases = gpuCatalogue.models.flatMap((model) =>
  model.aliases.map((alias) => ({ model, parts: alias.split(' ') })),
);

function toFound(model: GpuModel, from: number, { length }: readonly string[]): Found {
  return { model, from, to: from + length };
}

function isAsLong(one: Found, other: Found): boolean {
  return one.to - one.from === other.to - other.from;
}

function findAll(words: readonly string[], parts: readonly string[]): readonly number[] {
  const places = words.map((_, at) => at);
  return places.filter((at) => parts.every((part, offset) => words[at + offset] === part));
}

function findVram(words: readonly string[]): number | undefined {
  const sizes = words.map((word) => /^(\d{1,4})gi?b$/.exec(word)?.[1]).filter((size) => size !== undefined);
  return sizes.length === 1 ? Number(sizes[0]) * 1_024 : undefined;
}
