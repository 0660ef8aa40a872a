import type { NodeErrorClass } from './classifyNodeError.js';

/**
 * How nodes and providers word what is wrong, most telling first. Facts from observation: each entry names where its
 * text was seen and carries it as an example, which a test puts through the classifier.
 */
export interface NodeErrorEntry {
  /** Nodes or providers that say it. */
  readonly by: string;
  /** Where the text was seen; repositories are on GitHub. */
  readonly source: string;
  readonly code?: number;
  /** Only as the answer to these. */
  readonly method?: readonly string[];
  readonly pattern: RegExp;
  /** Undefined: the match was none after all. */
  readonly toClass: (match: RegExpExecArray) => NodeErrorClass | undefined;
  readonly examples: readonly NodeErrorExample[];
}

export interface NodeErrorExample {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
  readonly class: NodeErrorClass;
}

const LOGS = ['eth_getLogs'] as const;
const CALLS = ['eth_call', 'eth_estimateGas'] as const;
const ponderTest = (name: string) => `ponder-sh/ponder packages/utils/src/_test/${name}.test.ts`;
const envioTable = 'enviodev/hyperindex packages/cli/src/evm_rpc_source/classify.rs';
const chainlinkTest = 'smartcontractkit/chainlink evm client errors_test.go, Test_IsTooManyResultsError';
const erpcTable = 'erpc/erpc architecture/evm/error_normalizer.go';
const proxyd = 'ethereum-optimism/infra proxyd/backend.go';
const rethLogs = 'paradigmxyz/reth crates/rpc/rpc-eth-types/src/logs_utils.rs';

/** One capture: blocks; a trailing `k` means thousands. */
const limit = (match: RegExpExecArray) => toRange(parseCount(match[1]), true);
const tooLarge = (): NodeErrorClass => ({ kind: 'tooLarge' });
const rateLimited = (): NodeErrorClass => ({ kind: 'rateLimited' });
const refused = (): NodeErrorClass => ({ kind: 'refused' });
const missingBlock = (): NodeErrorClass => ({ kind: 'missingBlock' });
const missingState = (): NodeErrorClass => ({ kind: 'missingState' });
const noMethod = (): NodeErrorClass => ({ kind: 'unsupported', what: 'method' });
const noBlockHash = (): NodeErrorClass => ({ kind: 'unsupported', what: 'blockHash' });
const noBatch = (match: RegExpExecArray): NodeErrorClass => {
  const maxBatch = Number(match[1]);
  return maxBatch > 0 ? { kind: 'unsupported', what: 'batch', maxBatch } : { kind: 'unsupported', what: 'batch' };
};
const revert = (): NodeErrorClass => ({ kind: 'revert' });
const blocks = (maxBlocks: number, structural = true): NodeErrorClass => ({
  kind: 'suggestedRange',
  maxBlocks,
  structural,
});

function parseCount(text: string | undefined): number {
  const [, digits = '', unit] = /^([\d,._]+)\s*([kK]?)/.exec(text ?? '') ?? [];
  return Number(digits.replace(/[,._]/g, '')) * (unit ? 1_000 : 1);
}

function toRange(maxBlocks: number, structural: boolean): NodeErrorClass | undefined {
  return Number.isSafeInteger(maxBlocks) && maxBlocks > 0 ? blocks(maxBlocks, structural) : undefined;
}

/** Both ends included, hexadecimal or decimal. */
function between(match: RegExpExecArray): NodeErrorClass | undefined {
  return toRange(Number(match[2]) - Number(match[1]) + 1, false);
}

export const nodeErrors: readonly NodeErrorEntry[] = [
  // A suggested interval: for these blocks…
  {
    by: 'Alchemy',
    source: chainlinkTest,
    method: LOGS,
    pattern: /this block range should work: \[(0x[\da-f]+),\s*(0x[\da-f]+)\]/i,
    toClass: between,
    examples: [
      {
        code: -32602,
        message:
          'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on ' +
          'the response size, or you can request any block range with a cap of 10K logs in the response. Based on ' +
          'your parameters and the response size limit, this block range should work: [0xc5dc00, 0xc614a7]',
        class: blocks(14_504, false),
      },
    ],
  },
  {
    by: 'Infura, zkSync, Thirdweb, Tenderly',
    source: `${chainlinkTest}; ${ponderTest('infura')}; ${ponderTest('zksync')}`,
    method: LOGS,
    pattern: /try with this block range \[(0x[\da-f]+),\s*(0x[\da-f]+)\]/i,
    toClass: between,
    examples: [
      {
        code: -32005,
        message: 'query returned more than 10000 results. Try with this block range [0xCB3D, 0x7B737].',
        data: { from: '0xCB3D', limit: 10_000, to: '0x7B737' },
        class: blocks(453_627, false),
      },
      {
        code: -32602,
        message: 'Query returned more than 20000 results. Try with this block range [0x7dfd25, 0x7e0fcc].',
        class: blocks(4_776, false),
      },
    ],
  },
  {
    by: 'Reth, dRPC, BlastAPI',
    source: `${rethLogs}; ${envioTable}`,
    method: LOGS,
    pattern: /retry with the range (\d+)-(\d+)/i,
    toClass: between,
    examples: [
      {
        code: -32602,
        message: 'query exceeds max results 20000, retry with the range 6000000-6000509',
        class: blocks(510, false),
      },
    ],
  },
  // …or the endpoint's limit everywhere.
  {
    by: 'Avalanche, dRPC',
    source: `${ponderTest('avalanche')}; ${chainlinkTest}`,
    method: LOGS,
    pattern: /requested too many blocks from \d+ to \d+, maximum is set to (\d+)/i,
    toClass: limit,
    examples: [
      {
        code: -32000,
        message: 'requested too many blocks from 0 to 16777216, maximum is set to 2048',
        class: blocks(2_048),
      },
    ],
  },
  {
    by: 'Cloudflare',
    source: ponderTest('cloudflare'),
    method: LOGS,
    pattern: /max range: ([\d,]+)/i,
    toClass: limit,
    examples: [
      {
        code: -32047,
        message: "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800",
        class: blocks(800),
      },
    ],
  },
  {
    by: 'Thirdweb',
    source: ponderTest('thirdweb'),
    method: LOGS,
    pattern: /maximum allowed number of requested blocks is ([\d,]+)/i,
    toClass: limit,
    examples: [
      {
        code: -32005,
        message: 'Log response size exceeded. Maximum allowed number of requested blocks is 1000',
        class: blocks(1_000),
      },
    ],
  },
  {
    by: 'QuickNode, 1RPC, Blast, BlockPI, Berachain, BNB Chain',
    source: `${chainlinkTest}; ${ponderTest('1rpc')}; ${ponderTest('blast')}; ${ponderTest('blockpi')}`,
    method: LOGS,
    pattern: /(?:eth_getLogs is|currently) limited to (?:a )?(?:0 - )?([\d,.]+k?)\s*(?:blocks?)?/i,
    toClass: limit,
    examples: [
      { code: -32614, message: 'eth_getLogs is limited to a 10,000 range', class: blocks(10_000) },
      { code: -32000, message: 'eth_getLogs is limited to a 1000 blocks range', class: blocks(1_000) },
      { code: -32602, message: 'eth_getLogs is limited to 1024 block range', class: blocks(1_024) },
      { code: -32602, message: 'eth_getLogs is limited to 0 - 50 blocks range', class: blocks(50) },
      { code: -32000, message: 'Block range too large; currently limited to 100 blocks', class: blocks(100) },
    ],
  },
  {
    by: 'Blast on a paid plan',
    source: 'ponder-sh/ponder packages/utils/src/getLogsRetryHelper.ts',
    method: LOGS,
    pattern: /exceeds the range allowed for your plan \(\d+ > (\d+)\)/i,
    toClass: limit,
    examples: [
      {
        code: -32600,
        message: 'block range exceeds the range allowed for your plan (5000 > 3000)',
        class: blocks(3_000),
      },
    ],
  },
  {
    by: 'Coinbase',
    source: ponderTest('coinbase'),
    method: LOGS,
    pattern: /please limit the query to at most ([\d,]+) blocks/i,
    toClass: limit,
    examples: [{ code: -32005, message: 'please limit the query to at most 1000 blocks', class: blocks(1_000) }],
  },
  {
    by: 'PublicNode, Tron',
    source: `${ponderTest('publicnode')}; tronprotocol/java-tron LogFilterWrapper`,
    method: LOGS,
    pattern: /exceed max(?:imum)? block range:? ([\d,]+)/i,
    toClass: limit,
    examples: [
      { code: -32701, message: 'exceed maximum block range: 50000', class: blocks(50_000) },
      { code: -32602, message: 'exceed max block range: 5000', class: blocks(5_000) },
    ],
  },
  {
    by: 'Hyperliquid, Reth',
    source: `${ponderTest('hyperliquid')}; ${rethLogs}`,
    method: LOGS,
    pattern: /query exceeds max block range ([\d,]+)/i,
    toClass: limit,
    examples: [{ code: -32602, message: 'query exceeds max block range 50', class: blocks(50) }],
  },
  {
    by: 'Swell, X Layer, Ink',
    source: ponderTest('swell'),
    method: LOGS,
    pattern: /block range greater than ([\d,]+) max/i,
    toClass: limit,
    examples: [{ code: -32602, message: 'block range greater than 1000 max', class: blocks(1_000) }],
  },
  {
    by: 'Somnia',
    source: ponderTest('somnia'),
    method: LOGS,
    pattern: /block range exceeds ([\d,]+)/i,
    toClass: limit,
    examples: [{ code: -32000, message: 'block range exceeds 1000', class: blocks(1_000) }],
  },
  {
    by: 'Merkle, LlamaRPC',
    source: ponderTest('merkle'),
    method: LOGS,
    pattern: /eth_getLogs range is too large, max is ([\d,]+k?) blocks/i,
    toClass: limit,
    examples: [
      { code: -32603, message: 'eth_getLogs range is too large, max is 1k blocks', class: blocks(1_000) },
      { code: -32603, message: 'eth_getLogs range is too large, max is 10k blocks', class: blocks(10_000) },
    ],
  },
  {
    by: 'Harmony',
    source: `${ponderTest('harmony')}; harmony-one/harmony GetLogs`,
    method: LOGS,
    pattern: /getLogs query must be smaller than size ([\d,]+)/i,
    toClass: limit,
    examples: [{ code: -32000, message: 'GetLogs query must be smaller than size 1024', class: blocks(1_024) }],
  },
  {
    by: 'Moonriver, Moonbeam',
    source: ponderTest('moonriver'),
    method: LOGS,
    pattern: /block range is too wide \(maximum ([\d,]+)\)/i,
    toClass: limit,
    examples: [{ code: -32603, message: 'block range is too wide (maximum 1024)', class: blocks(1_024) }],
  },
  {
    by: 'Aurora, Alchemy on a free plan, World Chain',
    source: `${ponderTest('aurora')}; ${envioTable}`,
    method: LOGS,
    pattern: /up to a ([\d,.]+k?) block range/i,
    toClass: limit,
    examples: [
      {
        code: -32005,
        message: 'You can make eth_getLogs requests with up to a 2000 block range.',
        class: blocks(2_000),
      },
      {
        code: -32600,
        message:
          'Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Upgrade to PAYG ' +
          'for expanded block range.',
        class: blocks(10),
      },
    ],
  },
  {
    by: 'Ankr on TAC, Kava, Injective (Ethermint)',
    source: ponderTest('ankr-tac'),
    method: LOGS,
    pattern: /maximum \[from, to\] blocks distance: ([\d,]+)/i,
    toClass: limit,
    examples: [{ code: -32000, message: 'maximum [from, to] blocks distance: 10000', class: blocks(10_000) }],
  },
  {
    by: 'dRPC on a free plan',
    source: 'ponder-sh/ponder packages/utils/src/getLogsRetryHelper.ts',
    method: LOGS,
    pattern: /ranges over ([\d,]+) blocks are not supported/i,
    toClass: limit,
    examples: [
      { code: 35, message: 'ranges over 10000 blocks are not supported on freetier', class: blocks(10_000) },
      {
        code: 35,
        message: 'ranges over 10000 blocks are not supported on free plan, please upgrade to paid plan',
        class: blocks(10_000),
      },
    ],
  },
  {
    by: 'Sei',
    source: envioTable,
    method: LOGS,
    pattern: /maximum allowed is ([\d,]+) blocks/i,
    toClass: limit,
    examples: [
      { code: -32000, message: 'block range too large (2000), maximum allowed is 1000 blocks', class: blocks(1_000) },
    ],
  },
  {
    by: 'SimplyVC',
    source: chainlinkTest,
    method: LOGS,
    pattern: /too wide blocks range, the limit is ([\d,]+)/i,
    toClass: limit,
    examples: [{ code: -32000, message: 'too wide blocks range, the limit is 100', class: blocks(100) }],
  },
  {
    by: 'Infura, Linea, MEV Blocker',
    source: 'infura.io and rpc.mevblocker.io, public endpoints',
    method: LOGS,
    pattern: /\brange [\d -]+ exceeds limit of ([\d,]+)/i,
    toClass: limit,
    examples: [
      { code: -32005, message: 'range 25887126 - 25897126 exceeds limit of 10000', class: blocks(10_000) },
      { code: -32000, message: 'range 16777216 exceeds limit of 10000', class: blocks(10_000) },
    ],
  },
  {
    by: 'eRPC',
    source: 'erpc/erpc common/errors.go',
    method: LOGS,
    pattern: /exceeded max allowed range.*"maxAllowedRange":\s*(\d+)/i,
    toClass: limit,
    examples: [
      {
        code: -32012,
        message: 'getLogs request exceeded max allowed range',
        data: {
          code: 'ErrGetLogsExceededMaxAllowedRange',
          details: { requestRange: 1_048_576, maxAllowedRange: 30_000 },
        },
        class: blocks(30_000),
      },
    ],
  },
  // Too large, without a hint how much.
  {
    by: 'Alchemy, dRPC and PublicNode on many addresses',
    source: erpcTable,
    method: LOGS,
    pattern: /specify less number of address|too many addresses/i,
    toClass: () => ({ kind: 'tooManyAddresses' }),
    examples: [
      { code: -32000, message: 'Please, specify less number of addresses', class: { kind: 'tooManyAddresses' } },
    ],
  },
  {
    by: 'HyperRPC',
    source: envioTable,
    method: LOGS,
    pattern: /more than \d+ logs|\d+ logs returned|too many logs/i,
    toClass: tooLarge,
    examples: [{ code: -32000, message: 'More than 50000 logs returned', class: { kind: 'tooLarge' } }],
  },
  {
    by: 'Polygon zkEVM, Infura, Tenderly, QuickNode',
    source: `${ponderTest('zkevm')}; ${envioTable}`,
    method: LOGS,
    pattern: /returned more than [\d,]+ results|more than [\d,]+ results/i,
    toClass: tooLarge,
    examples: [{ code: -32005, message: 'query returned more than 10000 results', class: { kind: 'tooLarge' } }],
  },
  {
    by: 'LlamaRPC, Ankr, Telos, Altitude',
    source: `${ponderTest('llamarpc')}; ${ponderTest('ankr')}; ${ponderTest('altitude')}`,
    method: LOGS,
    pattern: /query exceeds max results/i,
    toClass: tooLarge,
    examples: [{ code: -32602, message: 'query exceeds max results 20000', class: { kind: 'tooLarge' } }],
  },
  {
    by: '1RPC',
    source: 'ponder-sh/ponder packages/utils/src/getLogsRetryHelper.ts',
    pattern: /response size should not (?:be )?greater than \d+ bytes/i,
    toClass: tooLarge,
    examples: [
      { code: -32603, message: 'response size should not greater than 10000000 bytes', class: { kind: 'tooLarge' } },
    ],
  },
  {
    by: 'Base, OP Mainnet (proxyd)',
    source: `${proxyd}; ${envioTable}`,
    pattern: /backend response too large/i,
    toClass: tooLarge,
    examples: [{ code: -32020, message: 'backend response too large', class: { kind: 'tooLarge' } }],
  },
  {
    by: 'geth, in a batch whose answers grow too large',
    source: 'ethereum/go-ethereum rpc/errors.go',
    pattern: /response (?:is )?too (?:large|big)|response exceeds? size limit|response size exceeded/i,
    toClass: tooLarge,
    examples: [
      { code: -32003, message: 'response too large', class: { kind: 'tooLarge' } },
      { code: -32000, message: 'Log response size exceeded', class: { kind: 'tooLarge' } },
    ],
  },
  {
    by: 'Arbitrum',
    source: ponderTest('arbitrum'),
    method: LOGS,
    pattern: /logs matched by query exceeds limit of \d+/i,
    toClass: tooLarge,
    examples: [{ code: -32000, message: 'logs matched by query exceeds limit of 10000', class: { kind: 'tooLarge' } }],
  },
  {
    by: 'Chainstack, whose limit depends on the plan',
    source: ponderTest('chainstack'),
    method: LOGS,
    pattern: /block range limit exceeded/i,
    toClass: tooLarge,
    examples: [
      {
        code: -32602,
        message:
          'Block range limit exceeded. See more details at https://docs.chainstack.com/docs/limits#evm-range-limits.',
        class: { kind: 'tooLarge' },
      },
    ],
  },
  {
    by: 'OP Mainnet, Base, Monad, Ankr, Arc, Polygon Amoy, eRPC',
    source: `${ponderTest('optimism')}; ${envioTable}; ${ponderTest('altitude')}`,
    method: LOGS,
    pattern:
      /range (?:is )?too (?:large|wide)|max(?:imum)? block range|exceeds (?:the )?configured limit|exceeded max allowed|range threshold exceeded/i,
    toClass: tooLarge,
    examples: [
      { code: -32062, message: 'Block range is too large', class: { kind: 'tooLarge' } },
      { code: -32000, message: 'block range too large', class: { kind: 'tooLarge' } },
      { code: -32600, message: 'block range is too wide', class: { kind: 'tooLarge' } },
      { code: -32012, message: 'requested range too large', class: { kind: 'tooLarge' } },
      { code: -32000, message: 'block range exceeds configured limit', class: { kind: 'tooLarge' } },
      {
        code: -32012,
        message: 'allowed block range threshold exceeded for eth_getLogs',
        class: { kind: 'tooLarge' },
      },
      { code: -32602, message: 'exceed max block range params', class: { kind: 'tooLarge' } },
    ],
  },
  {
    by: 'geth, Chainstack, Alchemy: the query took too long',
    source: `${chainlinkTest}; ethereum/go-ethereum rpc/errors.go`,
    method: LOGS,
    pattern: /request timed out|query timeout|query timed out|execution timeout/i,
    toClass: tooLarge,
    examples: [
      { code: -32002, message: 'request timed out', class: { kind: 'tooLarge' } },
      { code: -32000, message: 'query timeout exceeded', class: { kind: 'tooLarge' } },
    ],
  },
  {
    by: 'Base, whose proxy loses its backends over a wide range',
    source: `${ponderTest('base')}; ${proxyd}`,
    method: LOGS,
    pattern: /no backend is currently healthy to serve traffic/i,
    toClass: tooLarge,
    examples: [
      { code: -32011, message: 'no backend is currently healthy to serve traffic', class: { kind: 'tooLarge' } },
    ],
  },
  // Ask later, or elsewhere.
  {
    by: 'Base, OP Mainnet (proxyd)',
    source: proxyd,
    pattern: /no backend is currently healthy to serve traffic|over rate limit/i,
    toClass: rateLimited,
    examples: [{ code: -32016, message: 'over rate limit', class: { kind: 'rateLimited' } }],
  },
  {
    by: 'Alchemy',
    source: 'alchemyplatform/docs error reference',
    pattern: /exceeded its compute units per second|monthly capacity limit exceeded/i,
    toClass: rateLimited,
    examples: [
      {
        code: 429,
        message:
          'Your app has exceeded its compute units per second capacity. If you have retries enabled, you can safely ' +
          'ignore this message. If not, check out https://docs.alchemyapi.io/guides/rate-limits',
        class: { kind: 'rateLimited' },
      },
      { code: 429, message: 'Monthly capacity limit exceeded', class: { kind: 'rateLimited' } },
    ],
  },
  {
    by: 'Infura',
    source: 'gakonst/ethers-rs ethers-providers/src/rpc/transports/retry.rs',
    pattern: /request rate (?:limited|exceeded)|request count exceeded/i,
    toClass: rateLimited,
    examples: [
      { code: -32005, message: 'daily request count exceeded, request rate limited', class: { kind: 'rateLimited' } },
      { code: -32005, message: 'project ID request rate exceeded', class: { kind: 'rateLimited' } },
    ],
  },
  {
    by: 'QuickNode, Monad',
    source: 'alloy-rs/alloy crates/json-rpc/src/response/error.rs',
    pattern: /\/second request limit reached/i,
    toClass: rateLimited,
    examples: [
      {
        code: -32007,
        message: '20/second request limit reached - reduce calls per second or upgrade your account at quicknode.com',
        class: { kind: 'rateLimited' },
      },
    ],
  },
  {
    by: 'many',
    source: erpcTable,
    pattern:
      /rate.?limit|too many requests|requests limited to|exceeded the quota|reached the (?:quota|free tier)|under too much load/i,
    toClass: rateLimited,
    examples: [
      { code: -32000, message: 'Too Many Requests', class: { kind: 'rateLimited' } },
      { code: -32005, message: 'rate limit exceeded', class: { kind: 'rateLimited' } },
      { code: -32000, message: 'You reached Public endpoint rate limit', class: { kind: 'rateLimited' } },
    ],
  },
  {
    by: 'Ankr',
    source: 'ankr.com public endpoint without a key',
    pattern: /must (?:be authenticated|authenticate your request)|unauthorized|api key is (?:invalid|deactivated)/i,
    toClass: refused,
    examples: [
      {
        code: -32000,
        message:
          'Unauthorized: You must authenticate your request with an API key. Create an account on ' +
          'https://www.ankr.com/rpc/ and generate your personal API key',
        class: { kind: 'refused' },
      },
    ],
  },
  // A batch that is not taken.
  {
    by: 'dRPC, 1RPC on a free plan',
    source: 'drpc.org public endpoint, HTTP 500',
    pattern: /batch of more than (\d+) requests? (?:is|are) not allowed/i,
    toClass: noBatch,
    examples: [
      {
        code: 31,
        message: 'Batch of more than 3 requests are not allowed on free plan',
        class: { kind: 'unsupported', what: 'batch', maxBatch: 3 },
      },
    ],
  },
  {
    by: 'geth, and servers that know no batches',
    source: 'ethereum/go-ethereum rpc/errors.go; ethereum/go-ethereum rpc/handler.go',
    pattern:
      /\bbatch (?:size )?(?:is )?too (?:large|big)|\bbatch(?:es| requests?)? (?:is|are) (?:not (?:supported|allowed)|disabled)/i,
    toClass: noBatch,
    examples: [
      { code: -32600, message: 'batch too large', class: { kind: 'unsupported', what: 'batch' } },
      { code: -32600, message: 'Batch requests are not supported', class: { kind: 'unsupported', what: 'batch' } },
    ],
  },
  // What the node has thrown away.
  {
    by: 'geth, Nethermind, Reth, X Layer, Arc (EIP-4444)',
    source: 'ethereum/go-ethereum, NethermindEth/nethermind, error 4444',
    pattern: /pruned history unavailable|neither stored nor reproducible|history (?:has been )?pruned/i,
    toClass: missingState,
    examples: [
      { code: 4444, message: 'pruned history unavailable', class: { kind: 'missingState' } },
      {
        code: -32602,
        message: 'Receipts for block 21000000 (0x01) are neither stored nor reproducible from state history.',
        class: { kind: 'missingState' },
      },
    ],
  },
  {
    by: 'PublicNode',
    source: 'publicnode.com, HTTP 403',
    pattern: /archive requests require a personal token/i,
    toClass: missingState,
    examples: [
      {
        code: -32602,
        message: 'Archive requests require a personal token. Get one at: https://www.allnodes.com/publicnode',
        class: { kind: 'missingState' },
      },
    ],
  },
  {
    by: 'geth, Erigon, Nitro, Reth, Nethermind',
    source: 'ethereum/go-ethereum eth/state_accessor.go; NethermindEth/nethermind EthRpcModule',
    pattern:
      /missing trie node|required historical state unavailable|historical state .{0,80}not available|state (?:at block .{0,80})?(?:is |has been )?(?:pruned|not available)|no state available for block/i,
    toClass: missingState,
    examples: [
      {
        code: -32000,
        message:
          'missing trie node 5c0ee75d9dd668839db2895c93257f6a3a77282740c045d286ff0d1f297ffa24 (path ) state ' +
          '0x5c0ee75d9dd668839db2895c93257f6a3a77282740c045d286ff0d1f297ffa24 is not available',
        class: { kind: 'missingState' },
      },
      { code: -32000, message: 'required historical state unavailable (reexec=2)', class: { kind: 'missingState' } },
      { code: -32000, message: 'historical state is not available', class: { kind: 'missingState' } },
      {
        code: -32002,
        message: 'No state available for block 0x3f9e020290502d1d41f4b5519e7d456f0935dea980ec310935206cac8239117e',
        class: { kind: 'missingState' },
      },
    ],
  },
  {
    by: 'anvil, for both what it forgot and what it never had',
    source: 'foundry-rs/foundry crates/anvil/src/eth/error.rs',
    pattern: /block height is (\d+) but requested was (\d+)/i,
    toClass: (match) => ({ kind: Number(match[2]) > Number(match[1]) ? 'missingBlock' : 'missingState' }),
    examples: [
      {
        code: -32602,
        message: 'BlockOutOfRangeError: block height is 657 but requested was 1946',
        class: { kind: 'missingBlock' },
      },
      {
        code: -32602,
        message: 'BlockOutOfRangeError: block height is 1946 but requested was 657',
        class: { kind: 'missingState' },
      },
    ],
  },
  // A block it does not have, or not yet.
  {
    by: 'geth and its kin, Erigon, Hyperliquid, Arc',
    source: 'ethereum/go-ethereum eth/api_backend.go, eth/filters',
    pattern:
      /header (?:for hash )?not found|unknown block|block (?:0x[\da-f]+ |#?\d+ )?not (?:found|yet imported)|could not find block|block does not exist|invalid block height/i,
    toClass: missingBlock,
    examples: [
      { code: -32000, message: 'header not found', class: { kind: 'missingBlock' } },
      { code: -32000, message: 'header for hash not found', class: { kind: 'missingBlock' } },
      { code: -32000, message: 'unknown block', class: { kind: 'missingBlock' } },
      { code: -32001, message: 'block not found: 0x7b', class: { kind: 'missingBlock' } },
      { code: -32014, message: 'block not yet imported', class: { kind: 'missingBlock' } },
    ],
  },
  {
    by: 'Reth, geth since 1.15, BNB Chain, proxyd',
    source: `ethereum/execution-apis tests/eth_getLogs; ${proxyd}`,
    pattern:
      /block range extends beyond current head|request beyond head block|invalid block range params|block is out of range|block number exceeds latest|greater than (?:latest|current) block/i,
    toClass: missingBlock,
    examples: [
      { code: -32602, message: 'block range extends beyond current head block', class: { kind: 'missingBlock' } },
      { code: -32000, message: 'invalid block range params', class: { kind: 'missingBlock' } },
      { code: -32019, message: 'block is out of range', class: { kind: 'missingBlock' } },
    ],
  },
  {
    by: 'Avalanche',
    source: 'ava-labs/coreth; subsquid/squid-sdk evm-rpc',
    pattern: /cannot query unfinalized data|after last accepted block/i,
    toClass: missingBlock,
    examples: [
      { code: -32000, message: 'cannot query unfinalized data', class: { kind: 'missingBlock' } },
      {
        code: -32000,
        message: 'requested to block 23734227 after last accepted block 23734226',
        class: { kind: 'missingBlock' },
      },
    ],
  },
  // What it will never answer.
  {
    by: 'geth before EIP-1898',
    source: 'ethereum/go-ethereum encoding/json of a block parameter',
    pattern: /cannot unmarshal object into Go value of type|blockHash object not supported/i,
    toClass: noBlockHash,
    examples: [
      {
        code: -32602,
        message: 'invalid argument 1: json: cannot unmarshal object into Go value of type string',
        class: { kind: 'unsupported', what: 'blockHash' },
      },
    ],
  },
  {
    by: 'geth, proxyd, Monad, eRPC',
    source: `${erpcTable}; ethereum/go-ethereum rpc/errors.go; ${proxyd}`,
    pattern:
      /method .{0,80}(?:does not exist|not available|not supported|not found|not whitelisted)|(?:unsupported|unknown) method|is not included in your current plan|is not available on the/i,
    toClass: noMethod,
    examples: [
      {
        code: -32601,
        message: 'the method eth_getBlockReceipts does not exist/is not available',
        class: { kind: 'unsupported', what: 'method' },
      },
      { code: -32601, message: 'rpc method is not whitelisted', class: { kind: 'unsupported', what: 'method' } },
      {
        code: -32600,
        message: 'eth_getProof is not available on the Monad RPC',
        class: { kind: 'unsupported', what: 'method' },
      },
    ],
  },
  {
    by: 'geth, Parity, Nethermind, Ganache, anvil',
    source: `${erpcTable}; graphprotocol/graph-node chain/ethereum adapter`,
    method: CALLS,
    pattern:
      /revert|vm execution error|vm exception|evm error|out of gas|invalid opcode|stack (?:under|over)flow|invalid jump/i,
    toClass: revert,
    examples: [
      { code: 3, message: 'execution reverted: not owner', data: '0x08c379a0', class: { kind: 'revert' } },
      { code: -32015, message: 'VM execution error.', data: 'Reverted 0x08c379a0', class: { kind: 'revert' } },
      {
        code: -32000,
        message: 'VM Exception while processing transaction: revert',
        class: { kind: 'revert' },
      },
      { code: -32000, message: 'invalid opcode: INVALID', class: { kind: 'revert' } },
      { code: -32000, message: 'out of gas', class: { kind: 'revert' } },
      { code: -32603, message: 'EVM error InvalidOperandOOG', class: { kind: 'revert' } },
    ],
  },
];
