import { parseAbi } from 'viem';

/** The functions the devnet calls; signatures as in the interfaces of @iexec/poco 6.1.0 (IexecInterfaceToken). */
const orders = [
  'struct AppOrder { address app; uint256 appprice; uint256 volume; bytes32 tag; address datasetrestrict; address workerpoolrestrict; address requesterrestrict; bytes32 salt; bytes sign; }',
  'struct DatasetOrder { address dataset; uint256 datasetprice; uint256 volume; bytes32 tag; address apprestrict; address workerpoolrestrict; address requesterrestrict; bytes32 salt; bytes sign; }',
  'struct WorkerpoolOrder { address workerpool; uint256 workerpoolprice; uint256 volume; bytes32 tag; uint256 category; uint256 trust; address apprestrict; address datasetrestrict; address requesterrestrict; bytes32 salt; bytes sign; }',
  'struct RequestOrder { address app; uint256 appmaxprice; address dataset; uint256 datasetmaxprice; address workerpool; uint256 workerpoolmaxprice; address requester; uint256 volume; bytes32 tag; uint256 category; uint256 trust; address beneficiary; address callback; string params; bytes32 salt; bytes sign; }',
] as const;

export const hubAbi = parseAbi([
  ...orders,
  'function configure(address token, string name, string symbol, uint8 decimals, address appRegistry, address datasetRegistry, address workerpoolRegistry, address v3Hub)',
  'function createCategory(string name, string description, uint256 workClockTimeRef) returns (uint256)',
  'function depositForArray(uint256[] amounts, address[] targets) returns (bool)',
  'function withdraw(uint256 amount) returns (bool)',
  'function broadcastWorkerpoolOrder(WorkerpoolOrder order)',
  'function matchOrders(AppOrder app, DatasetOrder dataset, WorkerpoolOrder workerpool, RequestOrder request) returns (bytes32)',
  'function sponsorMatchOrders(AppOrder app, DatasetOrder dataset, WorkerpoolOrder workerpool, RequestOrder request) returns (bytes32)',
  'function initialize(bytes32 dealid, uint256 idx) returns (bytes32)',
  'function contribute(bytes32 taskid, bytes32 resultHash, bytes32 resultSeal, address enclaveChallenge, bytes enclaveSign, bytes authorizationSign)',
  'function contributeAndFinalize(bytes32 taskid, bytes32 resultDigest, bytes results, bytes resultsCallback, address enclaveChallenge, bytes enclaveSign, bytes authorizationSign)',
  'function reveal(bytes32 taskid, bytes32 resultDigest)',
  'function finalize(bytes32 taskid, bytes results, bytes resultsCallback)',
  'function reopen(bytes32 taskid)',
  'function claim(bytes32 taskid)',
]);

export const diamondAbi = parseAbi([
  'struct FacetCut { address facetAddress; uint8 action; bytes4[] functionSelectors; }',
  'struct DiamondArgs { address owner; address init; bytes initCalldata; }',
  'constructor(FacetCut[] cuts, DiamondArgs args)',
  'function init()',
  'function diamondCut(FacetCut[] cuts, address init, bytes initCalldata)',
]);

export const registryAbi = parseAbi([
  'function initialize(address previous)',
  'function createApp(address owner, string name, string kind, bytes multiaddr, bytes32 checksum, bytes mrenclave) returns (address)',
  'function predictApp(address owner, string name, string kind, bytes multiaddr, bytes32 checksum, bytes mrenclave) view returns (address)',
  'function createDataset(address owner, string name, bytes multiaddr, bytes32 checksum) returns (address)',
  'function predictDataset(address owner, string name, bytes multiaddr, bytes32 checksum) view returns (address)',
  'function createWorkerpool(address owner, string description) returns (address)',
  'function predictWorkerpool(address owner, string description) view returns (address)',
]);

export const workerpoolAbi = parseAbi([
  'function changePolicy(uint256 workerStakeRatio, uint256 schedulerRewardRatio)',
]);

export const rlcAbi = parseAbi([
  'function transfer(address to, uint256 value) returns (bool)',
  'function approve(address spender, uint256 value) returns (bool)',
  'function approveAndCall(address spender, uint256 value, bytes extra)',
]);
