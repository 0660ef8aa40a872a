import { iexecEvents } from './abis/iexec.js';
import { iexecDevnet } from './iexecDevnet.js';
import type { Capabilities, Manifest } from './Manifest.js';

const capabilities: Capabilities = {
  jobs: true,
  nodes: true,
  price: true,
  payout: true,
  stake: true,
  verification: true,
};

/** iExec PoCo: a deal is a job, its tasks are tasks, a workerpool is a provider, a worker is a node. */
export const iexec: Manifest = {
  protocol: 'iexec',
  events: iexecEvents,
  capabilities,
  networks: [
    {
      id: 'iexec-devnet',
      title: 'iExec devnet',
      summary: 'The real iExec PoCo contracts on a local chain, with scripted workerpools, workers and requesters.',
      chainId: iexecDevnet.chainId,
      chainName: 'devnet',
      recorded: false,
      notice: 'Simulated market on a local chain: real contracts, scripted actors, tokens without value.',
      capabilities,
      workToken: { symbol: 'RLC', decimals: 9, address: iexecDevnet.rlc },
      stakeToken: { symbol: 'RLC', decimals: 9, address: iexecDevnet.rlc },
      contracts: [
        { role: 'hub', address: iexecDevnet.hub, startBlock: iexecDevnet.startBlock },
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
      workToken: { symbol: 'RLC', decimals: 9, address: '0xe649e6a1F2afc63ca268C2363691ceCAF75CF47C' },
      stakeToken: { symbol: 'RLC', decimals: 9, address: '0xe649e6a1F2afc63ca268C2363691ceCAF75CF47C' },
      contracts: [
        { role: 'hub', address: '0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0', startBlock: 363864242 },
        { role: 'workerpoolRegistry', address: '0xe3c13bb4A5068601c6A08041Cb50887B07B5F398', startBlock: 363864429 },
      ],
    },
  ],
};
