import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RetryableError } from '../../schema/lib/errors.js';
import { createHttpQuery } from './createHttpQuery.js';

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('asking the API over HTTP', () => {
  it('sends document and variables and gives back data', async () => {
    const echo: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(JSON.stringify({ data: JSON.parse(Buffer.concat(chunks).toString()) })));
    };
    await withServer(echo, async (url) => {
      expect(await createHttpQuery(url)('query A { a }', { id: 'x' })).toEqual({
        data: { query: 'query A { a }', variables: { id: 'x' } },
      });
    });
  });

  it('brings its key, where it has one', async () => {
    const tell: RequestListener = ({ headers }, response) => {
      response.end(JSON.stringify({ data: { sent: headers.authorization ?? null } }));
    };
    await withServer(tell, async (url) => {
      expect((await createHttpQuery(url)('{ a }')).data).toEqual({ sent: null });
      expect((await createHttpQuery(url, { apiKey: 'cs_x' })('{ a }')).data).toEqual({ sent: 'Bearer cs_x' });
    });
  });

  it('gives back the errors of a refused question, whatever its status', async () => {
    const refuse: RequestListener = (_request, response) => {
      response.writeHead(400).end('{"errors":[{"message":"first is at most 1000"}]}');
    };
    await withServer(refuse, async (url) => {
      expect((await createHttpQuery(url)('{ a }')).errors?.[0]?.message).toBe('first is at most 1000');
    });
  });

  it('names what came when it is no GraphQL', async () => {
    const proxy: RequestListener = (_request, response) => {
      response.writeHead(502).end('<html>Bad gateway</html>');
    };
    await withServer(proxy, async (url) => {
      await expect(createHttpQuery(url)('{ a }')).rejects.toThrow(/got HTTP 502/);
    });
  });

  it('gives up on an API that is late', async () => {
    await withServer(
      () => undefined,
      async (url) => {
        await expect(createHttpQuery(url, { timeoutMs: 50 })('{ a }')).rejects.toThrow(/no answer within 50 ms/);
      },
    );
  });

  it('asks once more where a connection at rest was closed as it was taken up, and a fresh one only once', async () => {
    const used = new WeakSet<object>();
    let refusesAll = false;
    let asked = 0;
    const resetUsed: RequestListener = ({ socket }, response) => {
      asked += 1;
      if (refusesAll || used.has(socket)) {
        socket.resetAndDestroy();
        return;
      }
      used.add(socket);
      response.end('{"data":{"a":1}}');
    };
    await withServer(resetUsed, async (url) => {
      const query = createHttpQuery(url);
      expect(await query('{ a }')).toEqual({ data: { a: 1 } });
      expect(await query('{ a }')).toEqual({ data: { a: 1 } });
      expect(asked).toBe(3);
      refusesAll = true;
      await expect(createHttpQuery(url)('{ a }')).rejects.toThrow(/cannot be reached .*ECONNRESET/);
      expect(asked).toBe(4);
    });
  });

  it('says that nobody listens', async () => {
    const failure = createHttpQuery('http://127.0.0.1:9/graphql')('{ a }');
    await expect(failure).rejects.toBeInstanceOf(RetryableError);
    await expect(failure).rejects.toThrow(/cannot be reached/);
  });
});
