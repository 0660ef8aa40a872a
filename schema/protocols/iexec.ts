import type { UsdSource } from '../prices/UsdSource.js';
import { iexecEvents } from './abis/iexec.js';
import { iexecDevnet } from './iexecDevnet.js';
import type { Capabilities, Conservation, Manifest } from './Manifest.js';

const capabilities: Capabilities = {
  jobs: true,
  nodes: true,
  price: true,
  payout: true,
  stake: true,
  verification: true,
};

const madeUpRate: UsdSource = {
  kind: 'static',
  usd: '1.25',
  note: 'A made-up rate: tokens of a devnet have no value.',
};
const noFeed: UsdSource = { kind: 'none', reason: 'No feed of RLC / USD is known on Arbitrum One.' };
const conservation: Conservation = {
  // A worker that was wrong pays the others, and a workerpool that failed the kitty.
  spending: { from: 'escrowAndSlashes', payouts: 'all' },
  escrow: { per: 'job' },
  stake: true,
  statedEscrow: 'iExec tells changes of what is locked, and no balance.',
  statedStake: 'iExec tells changes of what is locked, and no balance.',
  closedJob: 'A deal of iExec has several tasks, each of which ends and is paid by itself.',
};

/** iExec PoCo: a deal is a job, its tasks are tasks, a workerpool is a provider, a worker is a node. */
export const iexec: Manifest = {
  protocol: 'iexec',
  events: iexecEvents,
  // Minting a workerpool's token creates it; later transfers change its owner.
  factories: [
    {
      role: 'workerpoolRegistry',
      event: 'Transfer',
      argument: 'tokenId',
      when: { argument: 'from', startsWith: '0x0000000000000000000000000000000000000000' },
      announces: 'workerpool',
    },
  ],
  finalDeadline: true,
  capabilities,
  conservation,
  networks: [
    {
      id: 'iexec-devnet',
      title: 'iExec devnet',
      summary: 'The real iExec PoCo contracts on a local chain, with scripted workerpools, workers and requesters.',
      chainId: iexecDevnet.chainId,
      chainName: 'devnet',
      recorded: false,
      notice:
        'Simulated market on a local chain: real contracts, scripted actors, tokens without value, USD at a made-up rate.',
      capabilities,
      workToken: { symbol: 'RLC', decimals: 9, address: iexecDevnet.rlc, usd: madeUpRate },
      stakeToken: { symbol: 'RLC', decimals: 9, address: iexecDevnet.rlc, usd: madeUpRate },
      contracts: [
        { role: 'hub', address: iexecDevnet.hub, startBlock: iexecDevnet.startBlock },
        { role: 'appRegistry', address: iexecDevnet.appRegistry, startBlock: iexecDevnet.startBlock },
        { role: 'datasetRegistry', address: iexecDevnet.datasetRegistry, startBlock: iexecDevnet.startBlock },
        { role: 'workerpoolRegistry', address: iexecDevnet.workerpoolRegistry, startBlock: iexecDevnet.startBlock },
      ],
    },
    {
      // Addresses and start blocks: iExecBlockchainComputing/PoCo-subgraph `networks.json` (c7cd3b2).
      id: 'iexec-arbitrum',
      title: 'iExec on Arbitrum One',
      summary: 'Off-chain computing by workerpools that stake RLC; results are agreed on by Proof of Contribution.',
      chainId: 42161,
      chainName: 'Arbitrum One',
      recorded: false,
      capabilities,
      workToken: { symbol: 'RLC', decimals: 9, address: '0xe649e6a1F2afc63ca268C2363691ceCAF75CF47C', usd: noFeed },
      stakeToken: { symbol: 'RLC', decimals: 9, address: '0xe649e6a1F2afc63ca268C2363691ceCAF75CF47C', usd: noFeed },
      contracts: [
        { role: 'hub', address: '0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0', startBlock: 363864242 },
        { role: 'appRegistry', address: '0x9950D94fb074182ee93ff79A50Cd698C4983281F', startBlock: 363864415 },
        { role: 'datasetRegistry', address: '0x07Cc4E1EA30dD02796795876509A3BfC5053128D', startBlock: 363864422 },
        { role: 'workerpoolRegistry', address: '0xe3c13bb4A5068601c6A08041Cb50887B07B5F398', startBlock: 363864429 },
      ],
    },
    {
      // The same file; it gives the registries the hub's start block (they lie in front of it or shortly after).
      id: 'iexec-bellecour',
      title: 'iExec on Bellecour',
      summary: "Off-chain computing by workerpools that stake RLC, on iExec's own sidechain, where RLC is the coin.",
      chainId: 134,
      chainName: 'Bellecour',
      recorded: false,
      notice:
        'The Bellecour sidechain is being wound down: iExec moved to Arbitrum One. What is shown is mostly history.',
      capabilities,
      // The chain's coin has 18 decimals; the hub's ledger, in which everything is priced and paid, has 9.
      workToken: { symbol: 'RLC', decimals: 9 },
      stakeToken: { symbol: 'RLC', decimals: 9 },
      contracts: [
        { role: 'hub', address: '0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f', startBlock: 4543300 },
        { role: 'appRegistry', address: '0xB1C52075b276f87b1834919167312221d50c9D16', startBlock: 4543300 },
        { role: 'datasetRegistry', address: '0x799DAa22654128d0C64d5b79eac9283008158730', startBlock: 4543300 },
        { role: 'workerpoolRegistry', address: '0xC76A18c78B7e530A165c5683CB1aB134E21938B4', startBlock: 4543300 },
      ],
    },
  ],
};
