import type { NodeAttributes, ProviderAttributes } from '../events/CanonicalEvent.js';
import { cleanText } from './cleanText.js';
import type { Moment, NodeVersion, ProviderVersion, Ref, Versioned } from './states.js';

/** What a noun was from a height on. */
export interface Version<Attributes> {
  readonly noun: Ref;
  readonly heightFrom: number;
  heightTo: number | null;
  attributes: Attributes;
}

/** Of one kind of noun, in one batch. */
export interface VersionChanges<Attributes> {
  /** Rows to add, some of them closed by the next. */
  readonly opened: Version<Attributes>[];
  /** Those of earlier batches that end. */
  readonly closed: { readonly noun: Ref; readonly heightFrom: number; readonly heightTo: number }[];
  readonly last: Map<Ref, Version<Attributes>>;
  /** Opened in the block that is being folded. */
  ofBlock: Version<Attributes>[];
}

export function createVersionChanges<Attributes>(): VersionChanges<Attributes> {
  return { opened: [], closed: [], last: new Map(), ofBlock: [] };
}

/** What the noun is from this moment on. Within one block the last word counts. */
export function changeVersion<Attributes>(
  changes: VersionChanges<Attributes>,
  noun: Versioned<Attributes>,
  { height }: Moment,
  attributes: Attributes,
): void {
  const before = noun.version;
  noun.version = { heightFrom: height, attributes };
  const last = changes.last.get(noun);
  if (last?.heightFrom === height) {
    last.attributes = attributes;
    return;
  }
  if (last) last.heightTo = height;
  else if (before) changes.closed.push({ noun, heightFrom: before.heightFrom, heightTo: height });
  const opened: Version<Attributes> = { noun, heightFrom: height, heightTo: null, attributes };
  changes.opened.push(opened);
  changes.ofBlock.push(opened);
  changes.last.set(noun, opened);
}

/** A change names only what changed, the rest carries over. */
export function changeProvider(before: ProviderVersion | undefined, changes: ProviderAttributes): ProviderVersion {
  return {
    owner: changes.owner === undefined ? (before?.owner ?? null) : cleanText(changes.owner),
    name: changes.name === undefined ? (before?.name ?? null) : clip(changes.name, MAX_NAME),
    uri: changes.uri === undefined ? (before?.uri ?? null) : clip(changes.uri, MAX_URI),
    active: changes.active ?? before?.active ?? null,
    terms: changeTerms(before?.terms, changes.terms),
  };
}

/** As `changeProvider`; `provider` is the public id of who runs the node, where the log says so. */
export function changeNode(
  before: NodeVersion | undefined,
  changes: NodeAttributes,
  provider: string | undefined,
): NodeVersion {
  return {
    provider: provider ?? before?.provider ?? null,
    active: changes.active ?? before?.active ?? null,
    region: changes.region === undefined ? (before?.region ?? null) : clip(changes.region, MAX_NAME),
    gpuModel: changes.gpuModel === undefined ? (before?.gpuModel ?? null) : clip(changes.gpuModel, MAX_NAME),
    gpuCount: changes.gpuCount === undefined ? (before?.gpuCount ?? null) : toCount(changes.gpuCount),
    vramMb: changes.vramMb === undefined ? (before?.vramMb ?? null) : toCount(changes.vramMb),
    uri: changes.uri === undefined ? (before?.uri ?? null) : clip(changes.uri, MAX_URI),
    terms: changeTerms(before?.terms, changes.terms),
  };
}

function changeTerms(before: ProviderVersion['terms'] = {}, changes?: ProviderVersion['terms']) {
  if (!changes) return before;
  const terms: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(changes)) terms[cleanText(name)] = cleanText(value);
  return terms;
}

/** Providers write these themselves, at any length; the whole stays in `event.data`. Characters. */
const MAX_NAME = 256;
const MAX_URI = 2_048;

function clip(text: string, limit: number): string {
  return cleanText(text.slice(0, limit));
}

/** A count that no machine has says nothing; the claim stays in `event.args`. */
function toCount(value: number): number | null {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_INTEGER ? value : null;
}

/** Postgres's `integer`. */
const MAX_INTEGER = 2_147_483_647;
