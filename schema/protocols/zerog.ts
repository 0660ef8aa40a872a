import { zerogEvents } from './abis/zerog.js';
import type { Capabilities, Conservation, Manifest, TokenDefinition } from './Manifest.js';

const capabilities: Capabilities = {
  jobs: 'Inference on 0G Compute is settled in batches that name no request; only what fine-tuning delivers is a job.',
  nodes: 'Only machines for fine-tuning are described on 0G Compute; who serves inference names a model and a price.',
  price: true,
  payout: true,
  stake: true,
  verification:
    'The chain checks who signed a settlement, not the answers; only what fine-tuning delivers is acknowledged.',
};

const coin: TokenDefinition = {
  symbol: '0G',
  decimals: 18,
  usd: { kind: 'none', reason: 'No feed of 0G / USD is known on the 0G chain.' },
};
const conservation: Conservation = {
  spending: { from: 'escrow', payouts: 'all' },
  escrow:
    'Deposits into the ledger of 0G Compute write no log, so that a sum of what buyers spend starts from nowhere.',
  stake: true,
  // A transfer between ledger and sub-account says what is there afterwards, a settlement what was spent as well.
  statedEscrow: { silentMoves: true },
  statedStake: '0G Compute tells changes of stake, and no balance.',
  closedJob: 'What is delivered on 0G Compute is settled after its job has ended.',
};

/**
 * 0G Compute: whoever serves models is a provider, by its address. Buyers' money lies with the ledger and, per provider,
 * with a serving contract; serving contracts are versioned and announced by the ledger.
 */
export const zerog: Manifest = {
  protocol: '0g-compute',
  events: zerogEvents,
  factories: [
    { ...toServing('inference-'), announces: 'inference' },
    { ...toServing('fine-tuning-'), announces: 'fineTuning' },
  ],
  capabilities,
  conservation,
  networks: [
    {
      // Addresses and start blocks: 0gfoundation/0g-serving-contract `deployments/zgMainnet` (c9033d3).
      id: '0g-compute-mainnet',
      title: '0G Compute',
      summary:
        'Inference and fine-tuning by providers who stake 0G and are paid per token, in settlements a TEE signs.',
      chainId: 16661,
      chainName: '0G',
      recorded: false,
      // FundSpent came with the ledger's implementation of block 22399806; before, a settlement says what is left only.
      notice: 'Until its upgrade of January 2026 the ledger did not say what was paid: totals leave out earlier pay.',
      capabilities,
      workToken: coin,
      stakeToken: coin,
      contracts: [
        { role: 'ledger', address: '0x2dE54c845Cd948B72D2e32e39586fe89607074E3', startBlock: 13219885 },
        { role: 'inference', address: '0x47340d900bdFec2BD393c626E12ea0656F938d84', startBlock: 13220064 },
        { role: 'fineTuning', address: '0x4e3474095518883744ddf135b7E0A23301c7F9c0', startBlock: 24343771 },
      ],
    },
  ],
};

/** A serving contract's name is its type and version: `inference-v1.0`. */
function toServing(startsWith: string) {
  const when = { argument: 'serviceName', startsWith };
  return { role: 'ledger', event: 'ServiceRegistered', argument: 'serviceAddress', when };
}
