import { readRecording } from '../chain/readRecording.mjs';

/**
 * A recorded chain as bytes that are ready to be sent: no answer is serialised again. The logs of a block lie in one
 * buffer, in order and separated by commas, so that a run of them is a slice; receipts are what stands around them.
 */
export async function loadChain(folder, { logTime }) {
  const blocks = [];
  const heightOfHash = new Map();
  const placeOfTransaction = new Map();
  const topics = createNumbering();
  const addresses = createNumbering();
  for await (const { block, receipts } of readRecording(folder)) {
    const height = Number(block.number);
    blocks[height] = { height, ...toBytes(block), ...toLogs(receipts, { logTime, topics, addresses }) };
    heightOfHash.set(block.hash, height);
    for (const [index, transaction] of block.transactions.entries()) {
      placeOfTransaction.set(transaction.hash, { height, index, bytes: toBuffer(transaction) });
    }
  }
  return { blocks, heightOfHash, placeOfTransaction, topics, addresses, logsBelow: countLogs(blocks) };
}

function toBytes(block) {
  const hashes = block.transactions.map(({ hash }) => hash);
  const { transactions: _, ...header } = block;
  return { full: toBuffer(block), brief: toBuffer({ ...block, transactions: hashes }), header: toBuffer(header) };
}

function toLogs(receipts, { logTime, topics, addresses }) {
  const logs = receipts.flatMap((receipt) => receipt.logs.map((log) => (logTime ? log : withoutTime(log))));
  const texts = logs.map((log) => JSON.stringify(log));
  // Where each log begins; one more for the end, as if a comma stood there too.
  const offsets = new Uint32Array(logs.length + 1);
  for (const [index, text] of texts.entries()) offsets[index + 1] = offsets[index] + text.length + 1;
  let first = 0;
  const shells = receipts.map(({ logs: own, ...receipt }) => {
    const range = { first, end: first + own.length };
    first = range.end;
    const [before, after] = JSON.stringify({ ...(logTime ? receipt : withoutTime(receipt)), logs: [] }).split(
      '"logs":[]',
    );
    return { ...range, before: Buffer.from(`${before}"logs":[`), after: Buffer.from(`]${after}`) };
  });
  return {
    logs: Buffer.from(texts.join(','), 'latin1'),
    offsets,
    count: logs.length,
    topicOf: Uint16Array.from(logs, (log) => topics.add(log.topics[0])),
    addressOf: Uint16Array.from(logs, (log) => addresses.add(log.address.toLowerCase())),
    receipts: shells,
  };
}

/** As from a node that is not so new. */
function withoutTime({ blockTimestamp: _, ...rest }) {
  return rest;
}

/** How many logs lie below each height. */
function countLogs(blocks) {
  const below = new Float64Array(blocks.length + 1);
  for (const { height, count } of blocks) below[height + 1] = below[height] + count;
  return below;
}

function createNumbering() {
  const numbers = new Map();
  return {
    add(key) {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    },
    find: (key) => numbers.get(key.toLowerCase()),
  };
}

function toBuffer(value) {
  return Buffer.from(JSON.stringify(value), 'latin1');
}
