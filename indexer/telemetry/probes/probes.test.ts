import { readFileSync } from 'node:fs';
import { manifests } from '../../../schema/protocols/protocols.js';
import { probes } from './probes.js';

const docs = readFileSync(new URL('../../../docs/probes.md', import.meta.url), 'utf8');
const protocols = manifests.map(({ protocol }) => protocol);

describe('the registry of probes', () => {
  it('names each once', () => {
    expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length);
  });

  it.each(probes.map((probe) => [probe.id, probe] as const))(
    'says of %s what it asks, how often and within what',
    (_, probe) => {
      expect(probe.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(probe.title).toMatch(/^[a-z].{10,110}[^.]$/);
      expect(probe.protocols.length).toBeGreaterThan(0);
      expect(protocols).toEqual(expect.arrayContaining([...probe.protocols]));
      expect(probe.intervalSeconds).toBeGreaterThanOrEqual(60);
      expect(probe.maxWaitSeconds).toBeGreaterThanOrEqual(probe.intervalSeconds);
      expect(probe.maxWaitSeconds).toBeLessThanOrEqual(43_200);
      expect(probe.deadlineMs).toBeGreaterThan(0);
      expect(probe.deadlineMs).toBeLessThanOrEqual(15_000);
      if (probe.kind === 'reach') expect(probe.maxWaitSeconds * 1.1).toBeLessThanOrEqual(3_600);
      else expect(probe.maxBytes).toBeLessThanOrEqual(2 * 1024 * 1024);
      // One question in less than its interval, all pages of it.
      const pages = probe.kind === 'reach' ? 1 : (probe.maxPages ?? 1);
      expect(pages * probe.deadlineMs).toBeLessThan(probe.intervalSeconds * 1_000);
    },
  );

  it.each(probes.map(({ id }) => id))('is described: %s has a line in docs/probes.md', (id) => {
    expect(docs).toMatch(new RegExp(`^\\| \`${id}\` \\|`, 'm'));
  });
});
