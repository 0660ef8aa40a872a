/** `subscribe.mjs <url> <count>`: so many WebSockets, each with a subscription; tells when what came. */
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const [, , url, count] = process.argv;
const subscribers = Number(count);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const block = 'block { number hash timestamp }';
const job =
  'id cursor retracted job { status price { amount } tasksCompleted volume createdAt provider { id name jobCount } }';
const blocks = `subscription { blockIndexed { cursor retracted from ${block} } }`;
const ofNetwork = `subscription J($network: ID) { jobUpdated(network: $network) { ${job} ${block} } }`;
const ofProvider = `subscription J($provider: ID) { jobUpdated(provider: $provider) { ${job} ${block} } }`;

/** Half follow blocks, a quarter all jobs (three a block), a quarter a provider's (one of three a block, of thirty). */
function toRequest(at) {
  if (at % 4 < 2) return { query: blocks };
  if (at % 4 === 2) return { query: ofNetwork, variables: { network: 'market-test' } };
  return { query: ofProvider, variables: { provider: `market-test:p${at % 3}` } };
}
const perBlock = (at) => (at % 4 === 2 ? 3 : 1);

const received = {};
let lost = 0;
let isOver = false;
/** Blocks that are written in between are told together. */
const blocksOf = /"from":(?:"(\d+)"|null),"block":{"number":"(\d+)"/;
const jobOf = /"id":"market-test:j(\d+)-/;

function listHeights(text) {
  const job = jobOf.exec(text);
  if (job) return [Number(job[1])];
  const [, from, to] = blocksOf.exec(text) ?? [];
  return to === undefined ? [] : Array.from({ length: to - (from ?? 0) }, (_, at) => Number(from ?? 0) + 1 + at);
}

function subscribe(at) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (!isOver) lost += 1;
    });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const text = String(data);
      const heights = text.includes('"next"') ? listHeights(text) : [];
      for (const height of heights) {
        received[height] ??= [];
        received[height].push(Date.now());
      }
      if (heights.length > 0) return;
      if (text.includes('connection_ack')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: toRequest(at) }));
        // Its answer says that the subscription before it is there.
        socket.send('{"type":"ping"}');
      } else if (text.includes('"pong"')) resolve();
      else reject(new Error(`Expected a message, got ${text.slice(0, 200)}`));
    });
  });
}

const begunAt = performance.now();
const AT_ONCE = 100;
for (let at = 0; at < subscribers; at += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, subscribers - at) }, (_, next) => subscribe(at + next)));
}
let expected = 0;
for (let at = 0; at < subscribers; at += 1) expected += perBlock(at);
say({ kind: 'subscribed', seconds: (performance.now() - begunAt) / 1_000 });

createInterface({ input: process.stdin }).once('line', () => say({ kind: 'received', received, expected, lost }));
process.once('SIGTERM', () => {
  isOver = true;
  process.exit(0);
});
