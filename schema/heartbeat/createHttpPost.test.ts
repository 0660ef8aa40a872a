import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { RetryableError } from '../lib/errors.js';
import { createHttpPost } from './createHttpPost.js';

describe('createHttpPost', () => {
  let server: Server;
  let url: string;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/base/silent') return;
        if (request.url === '/base/cut') return request.socket.destroy();
        if (request.url === '/base/huge') return response.end('x'.repeat(2 * 1024 * 1024));
        response.writeHead(request.url === '/base/moved' ? 302 : 200, {
          location: '/base/echo',
          'x-seen': String(request.headers['x-sent']),
        });
        response.end(Buffer.concat(chunks));
      });
    });
    server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('posts below the path of the gateway, byte for byte, over a connection that stays open', async () => {
    const { post, close } = createHttpPost(new URL(url));
    const before = sockets.size;
    for (const body of ['{"beats":[]}', 'ü€😀']) {
      const answer = await post('/echo', { 'x-sent': 'yes' }, body);
      expect(answer).toMatchObject({ status: 200, body, headers: { 'x-seen': 'yes' } });
    }
    expect(sockets.size - before).toBe(1);
    close();
  });

  it('follows no redirect', async () => {
    const { post, close } = createHttpPost(new URL(url));
    expect(await post('/moved', {}, 'x')).toMatchObject({ status: 302 });
    close();
  });

  it('calls silence, a cut, a flood and nobody there an outage', async () => {
    const { post, close } = createHttpPost(new URL(url), { timeoutMs: 200 });
    await expect(post('/silent', {}, '')).rejects.toThrow(/no answer within 0\.2 s/);
    await expect(post('/cut', {}, '')).rejects.toThrow(RetryableError);
    await expect(post('/huge', {}, '')).rejects.toThrow(/more than 1048576 bytes/);
    close();
    const nobody = createHttpPost(new URL('http://127.0.0.1:9'));
    await expect(nobody.post('/', {}, '')).rejects.toThrow(/ECONNREFUSED/);
    nobody.close();
  });
});
