import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { ApiConfig } from '../../api/config.js';
import { startApi } from '../../api/main.js';
import { UserError } from '../../schema/lib/errors.js';

const config: ApiConfig = {
  host: '127.0.0.1',
  port: 0,
  // The API starts without its database; port 1 is open to nobody.
  databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
  logLevel: 'silent',
  staleAfterSeconds: 120,
};

describe('startApi', () => {
  it('serves the API and what is mounted beside it, until it is closed', async () => {
    const running = await startApi(config, {
      mount: async (app, api) => {
        app.get('/beside', async () => ({ types: api.schema.getType('Provider') ? 'known' : 'unknown' }));
      },
    });
    expect(await (await fetch(`${running.url}/beside`)).json()).toEqual({ types: 'known' });
    expect(await (await fetch(`${running.url}/health/live`)).json()).toEqual({ status: 'live' });
    await Promise.all([running.close(), running.close()]);
    await running.close();
    await expect(fetch(`${running.url}/health/live`)).rejects.toThrow();
  });

  it('lets a running request end before it closes', async () => {
    let arrived = () => {};
    const waiting = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const running = await startApi(config, {
      mount: async (app) => {
        app.get('/slow', async () => {
          arrived();
          await new Promise((resolve) => setTimeout(resolve, 300));
          return { done: true };
        });
      },
    });
    const answer = fetch(`${running.url}/slow`);
    await waiting;
    await running.close();
    expect(await (await answer).json()).toEqual({ done: true });
  });

  it('cuts a request that would hold it for longer than five seconds', async () => {
    const running = await startApi(config, {
      mount: async (app) => {
        app.get('/endless', () => new Promise(() => {}));
      },
    });
    const answer = fetch(`${running.url}/endless`).then(
      () => 'answered',
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    await running.close();
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await answer).toBe('cut');
  });

  it('says which port is taken and what to do', async () => {
    const taken = createTcpServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    await expect(startApi({ ...config, port })).rejects.toThrow(
      new UserError(
        `Expected port ${port} on 127.0.0.1 to be free, but something listens there: pass --port or set PORT.`,
      ),
    );
    await new Promise((resolve) => taken.close(resolve));
  });

  it('says that an address is not of this machine', async () => {
    await expect(startApi({ ...config, host: '192.0.2.1' })).rejects.toThrow('Expected an address of this machine');
  });

  it('asks for a database', async () => {
    await expect(startApi({ ...config, databaseUrl: undefined })).rejects.toThrow('set DATABASE_URL');
  });
});
