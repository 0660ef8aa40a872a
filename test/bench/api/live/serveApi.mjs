/** `serveApi.mjs <database>`: the product's API, and what it uses. */
import { createInterface } from 'node:readline';
import { startApi } from '../../../../dist/api/main.js';

const many = 20_000;
const api = await startApi({
  ...{ host: '127.0.0.1', port: 0, databaseUrl: process.argv[2], logLevel: 'error', staleAfterSeconds: 120 },
  // All subscribers come from one address.
  live: { limits: { connectionsPerAddress: many, connections: many } },
});
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
say({ kind: 'url', url: api.url });

let peak = 0;
const sample = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 100);
createInterface({ input: process.stdin }).on('line', () => {
  const { user, system } = process.cpuUsage();
  say({ kind: 'usage', peakMb: peak / 2 ** 20, cpuSeconds: (user + system) / 1e6 });
});
process.once('SIGTERM', async () => {
  clearInterval(sample);
  await api.close();
  process.exit(0);
});
