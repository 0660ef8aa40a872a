import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getAddress, toEventSelector } from 'viem';
import { getAdapter } from '../indexer/adapters/adapters.js';
import { parseEvent } from '../schema/lib/parseEvent.js';
import {
  capabilityNames,
  conservationRules,
  type Manifest,
  type NetworkDefinition,
} from '../schema/protocols/Manifest.js';
import { getNetwork, listNetworks, manifests } from '../schema/protocols/protocols.js';
import { describeWithShared, toSharedPath } from './sharedData.js';

/** What every manifest must hold, whoever wrote it. The adapters' part is adapters.test.ts. */

const events = manifests.flatMap((manifest) =>
  Object.entries(manifest.events).flatMap(([role, signatures]) =>
    signatures.map((signature) => toEvent(manifest.protocol, role, signature)),
  ),
);

type Event = ReturnType<typeof toEvent>;

function toEvent(protocol: string, role: string, signature: string) {
  const event = parseEvent(signature);
  const topics = 1 + event.inputs.filter((input) => input.indexed).length;
  return { protocol, role, signature, name: event.name, topic0: toEventSelector(event), topics };
}

describe.each(manifests)('manifest of $protocol', (manifest) => {
  it('has an adapter', () => {
    expect(getAdapter(manifest.protocol).protocol).toBe(manifest.protocol);
  });

  it('says of every capability that it is there, or why not', () => {
    for (const capabilities of [manifest, ...manifest.networks].map((one) => one.capabilities)) {
      expect(Object.keys(capabilities).sort()).toEqual([...capabilityNames].sort());
      for (const reason of Object.values(capabilities)) {
        if (reason !== true) expect(reason).toMatch(/^[A-Z0-9].*\.$/);
      }
    }
  });

  it('says of every rule of amounts how it holds, or why not', () => {
    expect(Object.keys(manifest.conservation).sort()).toEqual([...conservationRules].sort());
    const ofNetworks = manifest.networks.map(({ conservation }) => conservation ?? {});
    for (const conservation of [manifest.conservation, ...ofNetworks]) {
      for (const how of Object.values(conservation)) {
        if (typeof how === 'string') expect(how).toMatch(/^\w.*\.$/);
      }
    }
  });

  it(`describes its networks completely: ${manifest.networks.map(({ id }) => id).join(', ') || 'none'}`, () => {
    for (const network of manifest.networks) describeCompletely(manifest, network);
  });

  function describeCompletely(manifest: Manifest, network: NetworkDefinition): void {
    expect(network.id).toMatch(new RegExp(`^${manifest.protocol}-[a-z-]+$`));
    for (const text of [network.title, network.summary, network.chainName]) expect(text.trim()).toMatch(/^\S.*\S$/);
    for (const { role, address, startBlock } of network.contracts) {
      expect([role, manifest.events[role]?.length]).toEqual([role, expect.any(Number)]);
      expect(getAddress(address)).toBe(address);
      expect(Number.isSafeInteger(startBlock) && startBlock >= 0).toBe(true);
    }
    // Two roles at one address could not be told apart.
    const addresses = network.contracts.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const token of [network.workToken, network.stakeToken]) {
      if (token?.address) expect(getAddress(token.address)).toBe(token.address);
      if (token) expect(token.decimals >= 0 && token.decimals <= 36).toBe(true);
    }
    if (network.capabilities.stake === true) expect(network.stakeToken).toBeDefined();
    if (network.capabilities.payout === true) expect(network.workToken).toBeDefined();
    if (network.recorded) expect(network.notice).toBeDefined();
  }

  it('decodes no two events of a contract by the same key', () => {
    const keys = events
      .filter(({ protocol }) => protocol === manifest.protocol)
      .map(({ role, topic0, topics }) => `${role} ${topic0} ${topics}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('announces contracts by events it lists, by addresses in them, in roles it can decode', () => {
    for (const { role, event, argument, when, announces } of manifest.factories ?? []) {
      const forms = (manifest.events[role] ?? []).map(parseEvent).filter(({ name }) => name === event);
      const inputs = forms.flatMap((form) => form.inputs);
      // A registry of tokens names a contract by its token's id.
      const type = inputs.find(({ name }) => name === argument)?.type;
      expect([event, type]).toEqual([event, expect.stringMatching(/^(?:address|uint256)$/)]);
      if (when) expect(inputs.map(({ name }) => name)).toContain(when.argument);
      expect(Object.keys(manifest.events)).toContain(announces);
    }
  });
});

describe('the page on adding a protocol', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const page = readFileSync(`${root}docs/add-a-protocol.md`, 'utf8');
  const files = Array.from(page.matchAll(/`((?:\w+\/)+[\w.-]*)`/g), ([, file = '']) => file);

  it('names files that there are', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(root + file))).toEqual([]);
  });

  it('names every file of the protocol that it was proved with', () => {
    const folders = ['schema/protocols', 'schema/protocols/abis', 'indexer/adapters/boundless', 'test/contracts'];
    const all = folders.flatMap((folder) => readdirSync(root + folder).map((file) => `${folder}/${file}`));
    const own = all.filter((file) => /boundless[\w.]*$/i.test(file) && !file.endsWith('/boundless'));
    expect(own.filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('networks', () => {
  it('have ids and chains of their own: a recording never shares a chain', () => {
    const ids = listNetworks().map(({ definition }) => definition.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { definition } of listNetworks()) {
      const others = listNetworks().filter((other) => other.definition.chainId === definition.chainId);
      expect(new Set(others.map((other) => other.definition.recorded)).size).toBe(1);
      expect(new Set(others.map((other) => other.definition.chainName)).size).toBe(1);
    }
  });

  it('are named in the error for one that nobody knows', () => {
    expect(() => getNetwork('atlantis')).toThrow(/iexec-devnet.*got "atlantis"/);
  });
});

describeWithShared('event-topics.json', 'event signatures', () => {
  const known = JSON.parse(readFileSync(toSharedPath('event-topics.json'), 'utf8')) as Readonly<
    Record<string, readonly { readonly topic0: string; readonly topics: number; readonly event: string }[]>
  >;
  const listed = events.filter(isListed);

  it.each(listed)('$protocol $role: $signature', (event) => {
    // The list leaves out some forms of an event, of former years or of other chains: another form stands for it.
    const forms = events.filter(
      ({ protocol, role, name }) => protocol === event.protocol && role === event.role && name === event.name,
    );
    expect(forms.filter(isKnown)).not.toEqual([]);
  });

  for (const { protocol } of manifests) {
    const unlisted = events.filter((event) => event.protocol === protocol && !isListed(event));
    const names = [...new Set(unlisted.map(({ name }) => name))].join(', ');
    const why = listOf(protocol).length > 0 ? `the list leaves out ${names}` : 'the list knows no such protocol';
    if (unlisted.length > 0) it.skip(`${protocol} (skipped: ${why})`, () => undefined);
  }

  it('cover most of what the manifests of its protocols name', () => {
    // What several contracts of a protocol emit counts once.
    const once = [...new Map(events.map((event) => [`${event.protocol} ${event.signature}`, event])).values()];
    const ofList = once.filter(({ protocol }) => listOf(protocol).length > 0);
    expect(ofList.filter(isListed).length / ofList.length).toBeGreaterThan(0.7);
  });

  function isListed({ protocol, name }: Event): boolean {
    return listOf(protocol).some(({ event }) => event.startsWith(`${name}(`));
  }

  function isKnown({ protocol, topic0, topics }: Event): boolean {
    return listOf(protocol).some((one) => one.topic0 === topic0 && one.topics === topics);
  }

  /** Some protocols stand there under another name than their manifest's. */
  function listOf(protocol: string) {
    const names: Readonly<Record<string, string>> = { marlin: 'marlin-oyster' };
    return known[names[protocol] ?? protocol] ?? [];
  }
});
