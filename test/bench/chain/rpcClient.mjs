import http from 'node:http';

/** JSON-RPC over kept-alive connections, for the maker of the chain and for the floor. */
export function createRpcClient(url, { maxSockets = 16 } = {}) {
  const agent = new http.Agent({ keepAlive: true, maxSockets });
  const { hostname, port, pathname } = new URL(url);

  function post(content) {
    return new Promise((resolve, reject) => {
      const body = Buffer.from(JSON.stringify(content));
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const request = http.request({ hostname, port, path: pathname, agent, method: 'POST', headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString('latin1')));
          } catch (thrown) {
            reject(thrown);
          }
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Results in the order of the calls `[method, ...params]`, in one request. */
  async function batch(calls) {
    if (calls.length === 0) return [];
    const answers = await post(calls.map(([method, ...params], id) => ({ jsonrpc: '2.0', id, method, params })));
    const results = new Array(calls.length);
    for (const { id, result, error } of answers) {
      if (error) throw new Error(`${calls[id][0]}: ${error.message}`);
      results[id] = result;
    }
    return results;
  }

  async function call(method, ...params) {
    const { result, error } = await post({ jsonrpc: '2.0', id: 1, method, params });
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  return { batch, call, close: () => agent.destroy() };
}
