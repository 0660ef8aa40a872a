import { createHash } from 'node:crypto';

/** RFC 6455, section 1.3. */
const WEBSOCKET_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;

/**
 * WebSockets on which new heads are announced, and calls are answered. `answer` takes a request's text and gives the
 * answer's; `announce` tells every subscriber.
 */
export function createHeadSockets(server, { answer }) {
  const subscribers = new Map();
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(request.headers['sec-websocket-key'] + WEBSOCKET_KEY)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.setNoDelay(true);
    const forget = () => subscribers.delete(socket);
    socket.on('error', forget).on('close', forget);
    const read = createFrameReader((opcode, payload) => {
      if (opcode === CLOSE) socket.end(toFrame(CLOSE, payload));
      if (opcode === PING) socket.write(toFrame(PONG, payload));
      if (opcode === TEXT) socket.write(toFrame(TEXT, Buffer.from(reply(socket, payload.toString()))));
    });
    socket.on('data', read);
  });

  function reply(socket, text) {
    const { id, method, params } = JSON.parse(text);
    const result = (value) => JSON.stringify({ jsonrpc: '2.0', id, result: value });
    if (method === 'eth_subscribe' && params[0] === 'newHeads') {
      const subscription = `0x${(subscribers.size + 1).toString(16)}`;
      subscribers.set(socket, subscription);
      return result(subscription);
    }
    if (method === 'eth_unsubscribe') return result(subscribers.delete(socket));
    return answer(text);
  }

  return {
    announce(header) {
      for (const [socket, subscription] of subscribers) {
        const message = `{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"${subscription}","result":${header}}}`;
        socket.write(toFrame(TEXT, Buffer.from(message)));
      }
    },
  };
}

/** Clients mask what they send; their messages here are small and come in one frame each. */
function createFrameReader(onFrame) {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const frame = takeFrame(pending);
      if (!frame) return;
      pending = pending.subarray(frame.end);
      onFrame(frame.opcode, frame.payload);
    }
  };
}

function takeFrame(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const maskAt = short === 126 ? 4 : short === 127 ? 10 : 2;
  const start = maskAt + 4;
  if (bytes.length < start) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const end = start + length;
  if (bytes.length < end) return undefined;
  const mask = bytes.subarray(maskAt, start);
  const payload = Buffer.from(bytes.subarray(start, end));
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ mask[index % 4];
  return { opcode: bytes[0] & 0xf, payload, end };
}

function toFrame(opcode, payload) {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  header[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}
