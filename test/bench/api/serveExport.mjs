/** The API as `computescan api` makes it, on the database that is named; says where it listens, and what it has cost so far. */
import 'reflect-metadata';
import { createApi } from '../../../dist/api/createApi.js';
import { createServer } from '../../../dist/api/createServer.js';
import { createLog } from '../../../dist/schema/lib/log.js';

const [databaseUrl] = process.argv.slice(2);
const log = createLog('api', 'error');
const api = await createApi({ databaseUrl, staleAfterSeconds: 1_000_000_000, version: 'bench', log });
const app = createServer({ log });
await api.mount(app);
process.on('message', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send({ peakMb: maxRSS / 1_024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 });
});
process.once('disconnect', async () => {
  await app.close();
  await api.close();
  process.exit(0);
});
process.send({ url: await app.listen({ host: '127.0.0.1', port: 0 }) });
