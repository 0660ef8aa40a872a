import type { NodeAttributes, ProviderAttributes } from '../events/CanonicalEvent.js';
import { cleanText, MAX_NAME, MAX_URI, MAX_VALUE } from './cleanText.js';
import type { Moment, NodeVersion, ProviderVersion, Ref, Versioned } from './states.js';
import { toStorable } from './toStorable.js';

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
  const { altered, clean, cleanTerms } = createCleaner(before);
  return {
    owner: changes.owner === undefined ? (before?.owner ?? null) : toStorable(changes.owner),
    name: clean('name', changes.name, MAX_NAME),
    uri: clean('uri', changes.uri, MAX_URI),
    active: changes.active ?? before?.active ?? null,
    terms: cleanTerms(changes.terms),
    altered,
  };
}

/** As `changeProvider`; `provider` is the public id of who runs the node, where the log says so. */
export function changeNode(
  before: NodeVersion | undefined,
  changes: NodeAttributes,
  provider: string | undefined,
): NodeVersion {
  const { altered, clean, cleanTerms } = createCleaner(before);
  return {
    provider: provider ?? before?.provider ?? null,
    active: changes.active ?? before?.active ?? null,
    region: clean('region', changes.region, MAX_NAME),
    gpuModel: clean('gpuModel', changes.gpuModel, MAX_NAME),
    gpuCount: changes.gpuCount === undefined ? (before?.gpuCount ?? null) : toCount(changes.gpuCount),
    vramMb: changes.vramMb === undefined ? (before?.vramMb ?? null) : toCount(changes.vramMb),
    uri: clean('uri', changes.uri, MAX_URI),
    terms: cleanTerms(changes.terms),
    altered,
  };
}

type Text = 'name' | 'uri' | 'region' | 'gpuModel';
type Texts = { readonly [text in Text]?: string | null } & Pick<ProviderVersion, 'terms' | 'altered'>;

/** Cleans what a change says, keeps what it does not, and notes what is not as it was said. */
function createCleaner(before: Texts = { terms: {}, altered: {} }) {
  const altered: Record<string, string> = { ...before.altered };
  function read(attribute: string, said: string, maxLength: number): string {
    const { text, fingerprint } = cleanText(said, maxLength);
    if (fingerprint === undefined) delete altered[attribute];
    else altered[attribute] = fingerprint;
    return text;
  }
  return {
    altered,
    clean: (attribute: Text, said: string | undefined, maxLength: number) =>
      said === undefined ? (before[attribute] ?? null) : read(attribute, said, maxLength),
    cleanTerms(said: Readonly<Record<string, string>> = {}): ProviderVersion['terms'] {
      const terms: Record<string, string> = { ...before.terms };
      for (const [name, value] of Object.entries(said)) {
        const cleaned = cleanText(name, MAX_NAME).text;
        terms[cleaned] = read(`terms.${cleaned}`, value, MAX_VALUE);
      }
      return terms;
    },
  };
}

/** A count that no machine has says nothing; the claim stays in `event.args`. */
function toCount(value: number): number | null {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_INTEGER ? value : null;
}

/** Postgres's `integer`. */
const MAX_INTEGER = 2_147_483_647;
