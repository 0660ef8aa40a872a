import type { ProviderAttributes } from '../events/CanonicalEvent.js';
import { cleanText } from './cleanText.js';
import type { Draft } from './createDraft.js';
import type { Version } from './encodeNouns.js';
import type { Moment, ProviderState, VersionAttributes } from './states.js';

/**
 * Versions provider attributes: a change names only what changed, the rest carries over from the open version. Within
 * one block the last word counts.
 */
export function changeVersion(
  draft: Pick<Draft, 'chainId' | 'versions'>,
  provider: ProviderState,
  { height }: Moment,
  changes: ProviderAttributes,
): void {
  const { versions } = draft;
  const before = provider.version;
  const { owner, name, uri, active, terms } = toAttributes(before, changes);
  provider.version = { heightFrom: height, owner, name, uri, active, terms };
  const last = versions.last.get(provider);
  if (last?.heightFrom === height) {
    Object.assign(last, provider.version);
    return;
  }
  if (last) last.heightTo = height;
  else if (before) versions.closed.push({ provider, heightFrom: before.heightFrom, heightTo: height });
  const { chainId } = draft;
  const opened: Version = { chainId, provider, heightFrom: height, heightTo: null, owner, name, uri, active, terms };
  versions.opened.push(opened);
  versions.ofBlock.push(opened);
  versions.last.set(provider, opened);
}

/** Of one batch. */
export interface VersionChanges {
  /** Rows to add, some of them closed by the next. */
  readonly opened: Version[];
  /** Those of earlier batches that end. */
  readonly closed: { readonly provider: ProviderState; readonly heightFrom: number; readonly heightTo: number }[];
  readonly last: Map<ProviderState, Version>;
  /** Opened in the block that is being folded. */
  ofBlock: Version[];
}

export function createVersionChanges(): VersionChanges {
  return { opened: [], closed: [], last: new Map(), ofBlock: [] };
}

function toAttributes(before: VersionAttributes | undefined, changes: ProviderAttributes): VersionAttributes {
  return {
    owner: changes.owner === undefined ? (before?.owner ?? null) : cleanText(changes.owner),
    name: changes.name === undefined ? (before?.name ?? null) : clip(changes.name, MAX_NAME),
    uri: changes.uri === undefined ? (before?.uri ?? null) : clip(changes.uri, MAX_URI),
    active: changes.active ?? before?.active ?? null,
    terms: toTerms(before?.terms, changes.terms),
  };
}

function toTerms(before: VersionAttributes['terms'] = {}, changes?: VersionAttributes['terms']) {
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
