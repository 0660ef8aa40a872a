import { readFileSync } from 'node:fs';
import { toMessage, UserError } from '../lib/errors.js';
import type { FeedDefinition, UsdSource } from '../prices/UsdSource.js';
import {
  type Address,
  type ContractDefinition,
  capabilityNames,
  conservationRules,
  type Manifest,
  type NetworkDefinition,
  type TokenDefinition,
} from './Manifest.js';
import { listNetworks, manifests, type Network } from './protocols.js';

/**
 * Networks of the user's own: a JSON list of what a manifest says of a network, each with its `protocol`. Throws
 * UserError, which names every problem of the file at once.
 */
export function readNetworkFile(file: string): readonly Network[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new UserError(
      `Expected a JSON file of networks at ${file}, got: ${toMessage(thrown)}. Correct COMPUTESCAN_NETWORK_FILE or the file.`,
    );
  }
  const problems: string[] = [];
  const networks = parseNetworks(content, (path, expected, found) => {
    problems.push(`${path}: expected ${expected}, got ${toText(found)}`);
  });
  if (problems.length === 0) return networks;
  throw new UserError(`${file}: ${problems.join('; ')}. The README shows such a file under "A network of your own".`);
}

type Complain = (path: string, expected: string, found: unknown) => void;

function parseNetworks(content: unknown, complain: Complain): readonly Network[] {
  const networks = parseList(content, 'the file', complain).flatMap((entry, index) => {
    const read = createReader(entry, `[${index}]`, complain);
    return read ? [parseNetwork(read)] : [];
  });
  const ids = [...listNetworks().map(({ definition }) => definition.id), ...networks.map((one) => one.definition.id)];
  for (const [index, { definition }] of networks.entries()) {
    const isTwice = ids.indexOf(definition.id) !== ids.lastIndexOf(definition.id);
    if (isTwice) complain(`[${index}].id`, 'an id that no other network has', definition.id);
  }
  return networks;
}

function parseNetwork(read: Reader): Network {
  const manifest = parseManifest(read);
  const title = read.text('title');
  const definition: NetworkDefinition = {
    id: parseId(read, manifest),
    title,
    summary: read.optionalText('summary') ?? `${title}, described by this installation.`,
    chainId: parseChainId(read),
    chainName: read.text('chainName'),
    recorded: false,
    notice: read.optionalText('notice'),
    capabilities: { ...manifest.capabilities, ...parseReasons(read, 'capabilities', capabilityNames) },
    conservation: parseReasons(read, 'conservation', conservationRules),
    workToken: parseToken(read, 'workToken'),
    stakeToken: parseToken(read, 'stakeToken'),
    contracts: parseContracts(read, manifest),
    feeReference: parseFeeReference(read),
  };
  read.assertNoOthers();
  return { manifest, definition };
}

function parseManifest(read: Reader): Manifest {
  const protocol = read.get('protocol');
  const found = manifests.find((manifest) => manifest.protocol === protocol);
  if (found) return found;
  read.complain('protocol', `one of ${manifests.map((manifest) => manifest.protocol).join(', ')}`, protocol);
  return { ...unknown, protocol: String(protocol) };
}

/** Stands for a protocol that nobody knows, in a definition that is refused in the end. */
const unknown: Omit<Manifest, 'protocol'> = {
  events: {},
  capabilities: { jobs: '', nodes: '', price: '', payout: '', stake: '', verification: '' },
  conservation: { spending: '', escrow: '', stake: '', statedEscrow: '', statedStake: '', closedJob: '' },
  networks: [],
};

function parseId(read: Reader, { protocol }: Manifest): string {
  const id = read.text('id');
  const isRight = id.startsWith(`${protocol}-`) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id);
  if (id && !isRight) read.complain('id', `${protocol}-<chain> in lower case, digits and dashes`, id);
  return id;
}

/** Above lie the made-up chains of recordings, which no node speaks for. */
const LAST_CHAIN_ID = 999_999_999_999;

function parseChainId(read: Reader): number {
  return read.whole('chainId', { min: 1, max: LAST_CHAIN_ID });
}

/** A network may record less than its protocol does, or hold to less, never more: it gives the reason for each. */
function parseReasons<Name extends string>(
  read: Reader,
  property: string,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const less: Partial<Record<Name, string>> = {};
  if (read.get(property) === undefined) return less;
  const reasons = createReader(read.get(property), read.toPath(property), read.complainAt);
  for (const name of names) {
    const reason = reasons?.optionalText(name);
    if (reason !== undefined) less[name] = reason;
  }
  reasons?.assertNoOthers();
  return less;
}

function parseFeeReference(read: Reader): string | undefined {
  const digits = read.optionalText('feeReference');
  if (digits === undefined || /^[1-9]\d{0,77}$/.test(digits)) return digits;
  read.complain('feeReference', 'base units of the work token above zero, in digits, as a text', digits);
  return undefined;
}

function parseToken(read: Reader, name: string): TokenDefinition | undefined {
  if (read.get(name) === undefined) return undefined;
  const token = createReader(read.get(name), read.toPath(name), read.complainAt);
  if (!token) return undefined;
  const parsed = {
    symbol: token.text('symbol'),
    decimals: token.whole('decimals', { min: 0, max: 77 }),
    ...(token.get('address') === undefined ? {} : { address: parseAddress(token) }),
    ...(token.get('usd') === undefined ? {} : { usd: parseUsd(token) }),
  };
  token.assertNoOthers();
  return parsed;
}

/** A rate of the operator's own, or a feed on the network's chain. */
function parseUsd(token: Reader): UsdSource | undefined {
  const usd = createReader(token.get('usd'), token.toPath('usd'), token.complainAt);
  if (!usd) return undefined;
  if ((usd.get('static') === undefined) === (usd.get('feed') === undefined)) {
    token.complain('usd', 'either "static", a rate, or "feed", a price feed', token.get('usd'));
    return undefined;
  }
  const source: UsdSource | undefined = usd.get('feed') === undefined ? parseStatic(usd) : parseFeed(usd);
  usd.assertNoOthers();
  return source;
}

function parseStatic(usd: Reader): UsdSource {
  const rate = usd.get('static');
  const isRight = typeof rate === 'string' && /^\d{1,30}(\.\d{1,30})?$/.test(rate) && /[1-9]/.test(rate);
  if (!isRight) usd.complain('static', 'USD for one token above zero, as a decimal in quotes such as "0.42"', rate);
  const note = usd.optionalText('note') ?? 'A rate that whoever runs this installation has set.';
  return { kind: 'static', usd: isRight ? rate : '0', note };
}

function parseFeed(usd: Reader): UsdSource | undefined {
  const read = createReader(usd.get('feed'), usd.toPath('feed'), usd.complainAt);
  if (!read) return undefined;
  const feed: FeedDefinition = {
    pair: read.text('pair'),
    proxy: parseAddress(read, 'proxy'),
    decimals: read.whole('decimals', { min: 0, max: 77 }),
    heartbeatSeconds: read.whole('heartbeatSeconds', { min: 1, max: 10_000_000 }),
    phases: [],
    source: read.optionalText('source') ?? 'The description of this network.',
  };
  read.assertNoOthers();
  return { kind: 'feed', feed };
}

function parseContracts(read: Reader, manifest: Manifest): readonly ContractDefinition[] {
  const entries = parseList(read.get('contracts'), read.toPath('contracts'), read.complainAt);
  if (Array.isArray(read.get('contracts')) && entries.length === 0) {
    read.complain('contracts', 'at least one contract', entries);
  }
  const roles = Object.keys(manifest.events);
  return entries.flatMap((entry, index) => {
    const contract = createReader(entry, read.toPath(`contracts[${index}]`), read.complainAt);
    if (!contract) return [];
    const role = contract.text('role');
    if (role && roles.length > 0 && !roles.includes(role)) {
      contract.complain('role', `one of ${roles.join(', ')}`, role);
    }
    const startBlock = contract.whole('startBlock', { min: 0, max: Number.MAX_SAFE_INTEGER });
    const parsed = { role, address: parseAddress(contract), startBlock };
    contract.assertNoOthers();
    return [parsed];
  });
}

function parseAddress(read: Reader, name = 'address'): Address {
  const address = read.get(name);
  if (typeof address === 'string' && /^0x[0-9a-f]{40}$/i.test(address)) return address as Address;
  read.complain(name, 'an address of 20 bytes, 0x…', address);
  return '0x';
}

function parseList(value: unknown, path: string, complain: Complain): readonly unknown[] {
  if (Array.isArray(value)) return value;
  complain(path, 'a list', value);
  return [];
}

/** Reads one object's properties, whose paths it knows; what does not fit is told and stands in as empty. */
interface Reader {
  get(name: string): unknown;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  whole(name: string, range: { readonly min: number; readonly max: number }): number;
  /** A property that nobody asked for is a spelling mistake. */
  assertNoOthers(): void;
  toPath(name: string): string;
  readonly complain: Complain;
  readonly complainAt: Complain;
}

function createReader(value: unknown, base: string, complainAt: Complain): Reader | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    complainAt(base, 'an object', value);
    return undefined;
  }
  const properties = value as Readonly<Record<string, unknown>>;
  const asked = new Set<string>();
  const toPath = (name: string) => `${base}.${name}`;
  const complain: Complain = (name, expected, found) => complainAt(toPath(name), expected, found);
  const get = (name: string) => {
    asked.add(name);
    return properties[name];
  };
  const text = (name: string) => {
    const found = get(name);
    if (typeof found === 'string' && found.trim() !== '') return found;
    complain(name, 'a text', found);
    return '';
  };
  return {
    get,
    text,
    optionalText: (name) => (get(name) === undefined ? undefined : text(name)),
    whole(name, { min, max }) {
      const found = get(name);
      if (Number.isSafeInteger(found) && (found as number) >= min && (found as number) <= max) return found as number;
      complain(name, `a whole number from ${min} to ${max}`, found);
      return 0;
    },
    assertNoOthers() {
      for (const name of Object.keys(properties)) {
        if (!asked.has(name)) complain(name, `one of ${[...asked].join(', ')}`, name);
      }
    },
    toPath,
    complain,
    complainAt,
  };
}

const MAX_TEXT = 80;

function toText(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return 'nothing';
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
