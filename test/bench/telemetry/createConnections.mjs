import { connect } from 'node:net';

/**
 * Just enough of HTTP/1.1 to send batches over connections that stay, one request at a time each: a client for everybody's needs
 * costs more than what is measured. Resolves with status and body; rejects when the connection breaks or nothing comes.
 */
export function createConnections({ url, connections, address, giveUpMs }) {
  const { hostname, port, host } = new URL(url);
  const idle = [];
  const waiting = [];
  let open = 0;

  function take() {
    const one = idle.pop();
    if (one || open >= connections) return one;
    open += 1;
    return createConnection({ hostname, port, address, onIdle: release, onEnd: () => (open -= 1) });
  }

  function release(connection) {
    const next = waiting.shift();
    if (next) connection.send(next);
    else idle.push(connection);
  }

  return function post(path, headers, body) {
    let head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    return new Promise((resolve, reject) => {
      const request = { head: `${head}\r\n`, body, resolve, reject, since: performance.now() };
      const connection = take();
      if (connection) connection.send(request);
      else waiting.push(request);
      setTimeout(() => reject(new Error(`no answer within ${giveUpMs} ms`)), giveUpMs).unref();
    });
  };
}

function createConnection({ hostname, port, address, onIdle, onEnd }) {
  const socket = connect({ host: hostname, port: Number(port), localAddress: address, noDelay: true });
  let current;
  let received = '';
  let isOver = false;
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(received) ?? [];
    const end = headEnd + 4 + Number(length);
    if (received.length < end) return;
    const answer = { status: Number(received.slice(9, 12)), text: received.slice(headEnd + 4, end) };
    received = received.slice(end);
    const { resolve } = current;
    current = undefined;
    resolve(answer);
    if (!isOver) onIdle(connection);
  });
  const finish = (error) => {
    if (isOver) return;
    isOver = true;
    onEnd();
    current?.reject(error ?? new Error('the connection was closed'));
  };
  socket.on('error', finish);
  socket.on('close', () => finish());
  const connection = {
    send(request) {
      if (isOver) return request.reject(new Error('the connection was closed'));
      current = request;
      socket.cork();
      socket.write(request.head, 'latin1');
      socket.write(request.body);
      socket.uncork();
    },
  };
  return connection;
}
