import { Pool } from 'undici';

/** Posts to one server over so many connections that stay open, by the client that takes least of the machine from the server. */
export function createAsker({ port, path = '/graphql', connections }) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 });
  function ask(body) {
    return new Promise((resolve, reject) => {
      const chunks = [];
      let status = 0;
      pool.dispatch(
        { path, method: 'POST', headers: HEADERS, body },
        {
          onConnect() {},
          onHeaders(statusCode) {
            status = statusCode;
            return true;
          },
          onData(chunk) {
            chunks.push(chunk);
            return true;
          },
          onComplete() {
            resolve({ status, text: chunks.length === 1 ? chunks[0].toString() : Buffer.concat(chunks).toString() });
          },
          onError: reject,
        },
      );
    });
  }
  return {
    /** @type {(body: string) => Promise<{ status: number, text: string }>} */
    ask,
    close: () => void pool.destroy(),
  };
}
const HEADERS = { 'content-type': 'application/json' };

/**
 * So many requests, a connection's next one when its last one is answered. Throws at the first answer that is an error: what fails is cheap.
 *
 * @param {{ asker: ReturnType<typeof createAsker>, connections: number, requests: number, toBody: (index: number) => string }} options
 */
export async function askAll({ asker, connections, requests, toBody }) {
  let next = 0;
  const work = async () => {
    while (next < requests) {
      const { status, text } = await asker.ask(toBody(next++));
      if (status !== 200 || text.includes('"errors"')) throw new Error(`HTTP ${status}: ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
}
