import http from 'node:http';

/** Posts to one server over so many connections that stay open. */
export function createAsker({ port, path = '/graphql', connections }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  function ask(body) {
    return new Promise((resolve, reject) => {
      const request = http.request(
        { agent, port, path, host: '127.0.0.1', method: 'POST', headers: toHeaders(body) },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
          response.on('error', reject);
        },
      );
      // A server may close a connection that was idle just when it is used again: that says nothing of the server.
      request.on('error', (error) => {
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(ask(body));
        else reject(error);
      });
      request.end(body);
    });
  }
  return {
    /** @type {(body: string) => Promise<{ status: number, text: string }>} */
    ask,
    close: () => agent.destroy(),
  };
}

function toHeaders(body) {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

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
