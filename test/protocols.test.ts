import { readFileSync } from 'node:fs';
import { type AbiEvent, getAddress, parseAbiItem, toEventSelector } from 'viem';
import { getAdapter } from '../indexer/adapters/adapters.js';
import { capabilityNames, type Manifest, type NetworkDefinition } from '../schema/protocols/Manifest.js';
import { getNetwork, listNetworks, manifests } from '../schema/protocols/protocols.js';
import { describeWithShared, toSharedPath } from './sharedData.js';

const events = manifests.flatMap(({ protocol, events: byRole }) =>
  Object.entries(byRole).flatMap(([role, signatures]) =>
    signatures.map((signature) => ({ protocol, role, signature })),
  ),
);

describe.each(manifests)('manifest of $protocol', (manifest) => {
  it('has an adapter', () => {
    expect(getAdapter(manifest.protocol).protocol).toBe(manifest.protocol);
  });

  it('says of every capability that it is there, or why not', () => {
    for (const capabilities of [manifest, ...manifest.networks].map((one) => one.capabilities)) {
      expect(Object.keys(capabilities).sort()).toEqual([...capabilityNames].sort());
      for (const reason of Object.values(capabilities)) {
        if (reason !== true) expect(reason).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it(`describes its networks completely: ${manifest.networks.map(({ id }) => id).join(', ') || 'none'}`, () => {
    for (const network of manifest.networks) describeCompletely(manifest, network);
  });

  function describeCompletely(manifest: Manifest, network: NetworkDefinition): void {
    expect(network.id).toMatch(new RegExp(`^${manifest.protocol}-[a-z-]+$`));
    for (const { role, address, startBlock } of network.contracts) {
      expect(manifest.events[role]?.length).toBeGreaterThan(0);
      expect(getAddress(address)).toBe(address);
      expect(startBlock).toBeGreaterThanOrEqual(0);
    }
    if (network.recorded) expect(network.notice).toBeDefined();
  }

  it('decodes no two events of a contract by the same key', () => {
    for (const signatures of Object.values(manifest.events)) {
      const keys = signatures.map((signature) => {
        const event = parseAbiItem(signature) as AbiEvent;
        return `${toEventSelector(event)}:${event.inputs.filter((input) => input.indexed).length}`;
      });
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('networks', () => {
  it('have ids and chains of their own: a recording never shares a chain', () => {
    const ids = listNetworks().map(({ definition }) => definition.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { definition } of listNetworks()) {
      const others = listNetworks().filter((other) => other.definition.chainId === definition.chainId);
      expect(new Set(others.map((other) => other.definition.recorded)).size).toBe(1);
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

  it.each(events.filter(({ protocol, signature }) => isListed(protocol, signature)))(
    '$protocol $role: $signature',
    ({ protocol, role, signature }) => {
      // The list leaves out some forms of an event, of former years or of other chains: another form stands for it.
      const forms = events.filter(
        (other) => other.protocol === protocol && other.role === role && toName(other.signature) === toName(signature),
      );
      expect(forms.filter((form) => isKnown(protocol, form.signature))).not.toEqual([]);
    },
  );

  it('cover most of what the manifests of its protocols name', () => {
    // What several contracts of a protocol emit counts once.
    const once = new Map(events.map((event) => [`${event.protocol} ${event.signature}`, event]));
    const ofList = [...once.values()].filter(({ protocol }) => listOf(protocol).length > 0);
    const listed = ofList.filter(({ protocol, signature }) => isListed(protocol, signature));
    expect(listed.length / ofList.length).toBeGreaterThan(0.7);
  });

  /** The list leaves out some events without a meaning, such as SignedAppOrder. */
  function isListed(protocol: string, signature: string): boolean {
    return listOf(protocol).some(({ event }) => event.startsWith(`${toName(signature)}(`));
  }

  function isKnown(protocol: string, signature: string): boolean {
    const event = parseAbiItem(signature) as AbiEvent;
    const topics = 1 + event.inputs.filter((input) => input.indexed).length;
    return listOf(protocol).some((one) => one.topic0 === toEventSelector(event) && one.topics === topics);
  }

  function toName(signature: string): string {
    return (parseAbiItem(signature) as AbiEvent).name;
  }

  /** Some protocols stand there under another name than their manifest's. */
  function listOf(protocol: string) {
    const names: Readonly<Record<string, string>> = { marlin: 'marlin-oyster' };
    return known[names[protocol] ?? protocol] ?? [];
  }
});
