import { startSubject } from '../api/startSubject.mjs';
import { openRanked } from './openRanked.mjs';
import { createReader } from './readPages.mjs';

/** API and pages over the market, each in a process of its own, and whoever reads them. */
export async function openPages(server, { quick, connections }) {
  const databaseUrl = await openRanked(server, { quick });
  const api = await startSubject({
    file: new URL('../api/serveOurs.mjs', import.meta.url),
    settings: { databaseUrl },
  });
  const apiUrl = `http://127.0.0.1:${api.port}/graphql`;
  const web = await startSubject({ file: new URL('./serveWeb.mjs', import.meta.url), settings: { apiUrl } });
  const reader = createReader({ port: web.port, connections });
  return {
    ...{ api, web, reader },
    async stop() {
      reader.close();
      await web.stop();
      await api.stop();
    },
  };
}
