/** The answers of a read-only node over a loaded chain, each as a list of buffers. */
export function createMethods({ chain, chainId, settings, stats }) {
  const { blocks, heightOfHash, placeOfTransaction } = chain;

  function toHeight(tag = 'latest') {
    if (tag === 'latest' || tag === 'pending') return settings.head;
    if (tag === 'earliest') return 0;
    if (tag === 'safe') return Math.max(0, settings.head - settings.safeDepth);
    if (tag === 'finalized') return Math.max(0, settings.head - settings.finalDepth);
    return Number(tag);
  }
  const findVisible = (height) => (height !== undefined && height <= settings.head ? blocks[height] : undefined);
  const findBlock = (place) =>
    findVisible(typeof place === 'string' && place.length === 66 ? heightOfHash.get(place) : toHeight(place));
  const findPlace = (hash) => {
    const place = placeOfTransaction.get(hash);
    return place && findVisible(place.height) ? place : undefined;
  };
  const toBlock = (block, full) => (block ? [full ? block.full : block.brief] : NOTHING);

  return {
    eth_chainId: () => toAnswer(toHex(chainId)),
    net_version: () => toAnswer(String(chainId)),
    web3_clientVersion: () => toAnswer('computescan-replay'),
    eth_syncing: () => toAnswer(false),
    eth_blockNumber: () => toAnswer(toHex(settings.head)),
    eth_getCode: () => toAnswer('0x'),
    eth_call: () => toAnswer('0x'),
    eth_getBlockByNumber: ([tag, full]) => toBlock(findVisible(toHeight(tag)), full),
    eth_getBlockByHash: ([hash, full]) => toBlock(findVisible(heightOfHash.get(hash)), full),
    eth_getBlockReceipts: ([place]) => toReceipts(findBlock(place)),
    eth_getTransactionByHash: ([hash]) => [findPlace(hash)?.bytes ?? NULL],
    eth_getTransactionReceipt([hash]) {
      const place = findPlace(hash);
      return place ? toReceipt(blocks[place.height], blocks[place.height].receipts[place.index]) : NOTHING;
    },
    eth_getLogs([filter = {}]) {
      const range = toRange(filter);
      const { parts, count } = selectLogs(chain, range, filter);
      const bytes = parts.reduce((total, part) => total + part.length, 0);
      if (settings.maxBytes > 0 && bytes > settings.maxBytes) throw new RpcError(-32008, 'Response is too big');
      stats.logs += count;
      return parts;
    },
  };

  function toRange({ blockHash, fromBlock, toBlock: last }) {
    if (blockHash !== undefined) {
      const block = findVisible(heightOfHash.get(blockHash));
      if (!block) throw new RpcError(-32000, 'unknown block');
      return { from: block.height, to: block.height };
    }
    const from = toHeight(fromBlock);
    const to = Math.min(toHeight(last), settings.head);
    if (settings.maxRange > 0 && toHeight(last) - from + 1 > settings.maxRange) {
      throw new RpcError(-32000, `exceed maximum block range: ${settings.maxRange}`);
    }
    const { logsBelow } = chain;
    if (settings.maxLogs > 0 && to >= from && logsBelow[to + 1] - logsBelow[from] > settings.maxLogs) {
      throw new RpcError(-32005, `query returned more than ${settings.maxLogs} results`);
    }
    return { from, to };
  }
}

export class RpcError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const COMMA = Buffer.from(',');
const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']');
const NULL = Buffer.from('null');
const NOTHING = [NULL];

function toReceipts(block) {
  if (!block) return NOTHING;
  const receipts = block.receipts.flatMap((receipt, index) => [
    ...(index > 0 ? [COMMA] : []),
    ...toReceipt(block, receipt),
  ]);
  return [OPEN, ...receipts, CLOSE];
}

function toReceipt(block, { before, first, end, after }) {
  return [before, sliceLogs(block, first, end), after];
}

function sliceLogs({ logs, offsets }, first, end) {
  return end > first ? logs.subarray(offsets[first], offsets[end] - 1) : logs.subarray(0, 0);
}

/** Runs of neighbours that match, as slices. */
function selectLogs(chain, { from, to }, filter) {
  const matches = createMatch(chain, filter);
  const parts = [OPEN];
  let count = 0;
  for (let height = from; height <= to; height++) {
    const block = chain.blocks[height];
    if (!block?.count) continue;
    let first = 0;
    while (first < block.count) {
      while (first < block.count && !matches(block, first)) first++;
      let end = first;
      while (end < block.count && matches(block, end)) end++;
      if (end === first) break;
      if (count > 0) parts.push(COMMA);
      parts.push(sliceLogs(block, first, end));
      count += end - first;
      first = end;
    }
  }
  parts.push(CLOSE);
  return { parts, count };
}

function createMatch({ addresses, topics }, { address, topics: asked = [] }) {
  const numbersOf = (values, numbering) => {
    const list = values === null || values === undefined ? [] : [values].flat();
    return list.length > 0 ? new Set(list.map((value) => numbering.find(value))) : undefined;
  };
  const wantedAddresses = numbersOf(address, addresses);
  const wantedTopics = numbersOf(asked[0], topics);
  const deeper = asked.slice(1).map((alternatives) => [alternatives ?? []].flat().map((topic) => topic.toLowerCase()));
  const isDeep = deeper.some((alternatives) => alternatives.length > 0);
  return (block, index) =>
    (!wantedAddresses || wantedAddresses.has(block.addressOf[index])) &&
    (!wantedTopics || wantedTopics.has(block.topicOf[index])) &&
    (!isDeep || matchesDeeper(block, index, deeper));
}

function matchesDeeper(block, index, deeper) {
  const log = JSON.parse(sliceLogs(block, index, index + 1).toString('latin1'));
  return deeper.every((alternatives, at) => alternatives.length === 0 || alternatives.includes(log.topics[at + 1]));
}

function toAnswer(value) {
  return [Buffer.from(JSON.stringify(value))];
}

function toHex(value) {
  return `0x${value.toString(16)}`;
}
