import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from '../../api/main.js';
import { catalogue } from '../../schema/metrics/catalogue.js';
import { openInstanceKey } from '../../schema/signing/openInstanceKey.js';

const config = {
  ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', staleAfterSeconds: 120 },
  // It is told without the database; port 1 is open to nobody.
  databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
};

async function readAbout(keyFile?: string): Promise<Record<string, unknown>> {
  const running = await startApi({ ...config, keyFile });
  try {
    const response = await fetch(`${running.url}/.well-known/computescan.json`);
    expect(response.headers.get('content-type')).toMatch(/application\/json/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    return (await response.json()) as Record<string, unknown>;
  } finally {
    await running.close();
  }
}

describe('/.well-known/computescan.json', () => {
  it("names the instance's key, which it makes at its first start and keeps", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'computescan-well-known-'));
    try {
      const keyFile = join(folder, 'instance-key.pem');
      const first = await readAbout(keyFile);
      expect(first.key).toEqual(openInstanceKey(keyFile).publicKey);
      expect(await readAbout(keyFile)).toEqual(first);
      expect(first).toMatchObject({
        ...{ software: 'computescan', score: { methodVersion: 1 } },
        catalogue: { metrics: catalogue.length, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      expect(JSON.stringify(first)).not.toMatch(/PRIVATE/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says that there is none where it was given no place for one', async () => {
    expect((await readAbout()).key).toBeNull();
  });
});
