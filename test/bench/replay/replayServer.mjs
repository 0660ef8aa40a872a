/**
 * A node over a recorded chain, for HTTP and WebSocket, faster than any reader:
 * `node replayServer.mjs '{"folder":"…","chainId":31337,"logTime":false}'`. It prints `listening <port>`.
 * `GET /stats` tells what was asked of it, `GET /control?latencyMs=50&head=100&blockMs=100&reset=1` changes how it behaves.
 */
import http from 'node:http';
import { createHeadSockets } from './headSockets.mjs';
import { loadChain } from './loadChain.mjs';
import { createMethods, RpcError } from './rpcMethods.mjs';

const { folder, chainId, logTime, port = 0 } = JSON.parse(process.argv[2]);
const chain = await loadChain(folder, { logTime });
const lastBlock = chain.blocks.length - 1;
/** Limits of 0 are none. Latency is per HTTP request: a batch waits once. */
const settings = {
  latencyMs: 0,
  maxRange: 0,
  maxLogs: 0,
  maxBytes: 0,
  head: lastBlock,
  blockMs: 0,
  safeDepth: 32,
  finalDepth: 64,
};
const noStats = () => ({ requests: 0, calls: {}, errors: 0, logs: 0, bytes: 0, firstAt: 0, shown: [] });
const stats = noStats();
const methods = createMethods({ chain, chainId, settings, stats });

const server = http.createServer({ keepAlive: true, noDelay: true }, (request, response) => {
  if (request.method === 'GET') return control(new URL(request.url, 'http://localhost'), response);
  stats.requests += 1;
  stats.firstAt ||= now();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const respond = () => send(response, answerText(Buffer.concat(chunks).toString()));
    if (settings.latencyMs > 0) setTimeout(respond, settings.latencyMs);
    else respond();
  });
});
server.keepAliveTimeout = 60_000;
const sockets = createHeadSockets(server, { answer: (text) => Buffer.concat(answerText(text)).toString('latin1') });
server.listen(port, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit());
// A benchmark that dies takes its node along.
process.stdin.on('end', () => process.exit()).resume();

function answerText(text) {
  const content = JSON.parse(text);
  if (!Array.isArray(content)) return answer(content);
  const answers = content.flatMap((call, index) => [...(index > 0 ? [Buffer.from(',')] : []), ...answer(call)]);
  return [Buffer.from('['), ...answers, Buffer.from(']')];
}

function answer({ id, method, params }) {
  stats.calls[method] = (stats.calls[method] ?? 0) + 1;
  const head = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},`;
  try {
    if (!methods[method]) throw new RpcError(-32601, `the method ${method} does not exist/is not available`);
    return [Buffer.from(`${head}"result":`), ...methods[method](params ?? []), Buffer.from('}')];
  } catch (thrown) {
    if (!(thrown instanceof RpcError)) throw thrown;
    stats.errors += 1;
    return [Buffer.from(`${head}"error":${JSON.stringify({ code: thrown.code, message: thrown.message })}}`)];
  }
}

/** Small pieces are joined, so that few writes go to the socket, but never more than a megabyte at once. */
function send(response, parts) {
  const length = parts.reduce((total, part) => total + part.length, 0);
  stats.bytes += length;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
  let pending = [];
  let size = 0;
  for (const part of parts) {
    pending.push(part);
    size += part.length;
    if (size < 1 << 20) continue;
    response.write(Buffer.concat(pending, size));
    pending = [];
    size = 0;
  }
  response.end(Buffer.concat(pending, size));
}

let ticker;

function control({ pathname, searchParams }, response) {
  if (pathname === '/control') {
    if (searchParams.has('reset')) Object.assign(stats, noStats());
    for (const name of Object.keys(settings)) {
      if (searchParams.has(name)) settings[name] = Number(searchParams.get(name));
    }
    clearInterval(ticker);
    if (settings.blockMs > 0) ticker = setInterval(showNext, settings.blockMs);
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...stats, settings, lastBlock }));
}

function showNext() {
  if (settings.head >= lastBlock) return clearInterval(ticker);
  settings.head += 1;
  stats.shown.push([settings.head, now()]);
  sockets.announce(chain.blocks[settings.head].header.toString('latin1'));
}

/** Milliseconds since the epoch with their fractions, the same for every process of the machine. */
function now() {
  return performance.timeOrigin + performance.now();
}
