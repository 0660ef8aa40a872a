import { type Address, encodeFunctionData, keccak256, parseEther, stringToHex } from 'viem';
import { zerogAbi as abi, LOCK_TIME_S, teeSigner, type ZerogChain } from './zerogChain.js';

/** One of everything that writes a log. Gas is free, so that what the provider earns is what it was paid. */
export async function playStory(chain: ZerogChain): Promise<{ readonly earned: bigint }> {
  const { provider } = getActors(chain);
  await serveInference(chain);
  await fundBuyers(chain);
  const before = await chain.balanceOf(provider);
  await settleBatches(chain);
  const earned = (await chain.balanceOf(provider)) - before;
  await moveFunds(chain);
  await fineTune(chain);
  await leave(chain);
  return { earned };
}

/** `provider` serves inference, `tuner` fine-tunes. */
export function getActors({ accounts }: ZerogChain) {
  const [owner = '0x', provider = '0x', tuner = '0x', buyer = '0x', second = '0x'] = accounts;
  return { owner, provider, tuner, buyer, second } as const;
}

async function serveInference(chain: ZerogChain): Promise<void> {
  const { owner, provider } = getActors(chain);
  const { ledger, inference } = chain;
  const service = {
    serviceType: 'chatbot',
    url: 'https://model.example',
    model: 'llama-3.3-70b',
    verifiability: 'TeeML',
    inputPrice: 100n,
    outputPrice: 400n,
    additionalInfo: '{}',
    teeSignerAddress: teeSigner.address,
  };
  const offer = encodeFunctionData({ abi, functionName: 'addOrUpdateService', args: [service] });
  await chain.send({ from: provider, to: inference, data: offer, value: '100' });
  const vouch = encodeFunctionData({ abi, functionName: 'acknowledgeTEESignerByOwner', args: [provider] });
  await chain.send({ from: owner, to: inference, data: vouch });
  const recommend = encodeFunctionData({ abi, functionName: 'setRecommendedService', args: ['inference', 'v1.0'] });
  await chain.send({ from: owner, to: ledger, data: recommend });
  const slower = encodeFunctionData({ abi, functionName: 'updateLockTime', args: [BigInt(2 * LOCK_TIME_S)] });
  await chain.send({ from: owner, to: inference, data: slower });
}

async function fundBuyers(chain: ZerogChain): Promise<void> {
  const { provider, buyer, second } = getActors(chain);
  for (const [from, amount] of [
    [buyer, '2'],
    [second, '1'],
  ] as const) {
    const open = encodeFunctionData({ abi, functionName: 'addLedger', args: [''] });
    await chain.send({ from, to: chain.ledger, data: open, value: '10' });
    await transfer(chain, from, { provider, name: 'inference-v1.0', amount });
  }
}

async function transfer(
  { ledger, send }: ZerogChain,
  from: Address,
  { provider, name, amount }: { readonly provider: Address; readonly name: string; readonly amount: string },
): Promise<void> {
  const args = [provider, name, parseEther(amount)] as const;
  await send({ from, to: ledger, data: encodeFunctionData({ abi, functionName: 'transferFund', args }) });
}

/** In full; then, in one transaction, more than the buyer has left, another buyer's, and one that came before. */
async function settleBatches(chain: ZerogChain): Promise<void> {
  const { provider, buyer, second } = getActors(chain);
  const full = await sign(chain, { user: buyer, fee: '0.5', nonce: 1n });
  const partial = await sign(chain, { user: buyer, fee: '5', nonce: 2n });
  const others = await sign(chain, { user: second, fee: '0.25', nonce: 7n });
  const again = await sign(chain, { user: second, fee: '0.1', nonce: 7n });
  for (const batch of [[full], [partial, others, again]]) {
    const data = encodeFunctionData({ abi, functionName: 'settleFeesWithTEE', args: [batch] });
    await chain.send({ from: provider, to: chain.inference, data });
  }
}

async function sign(
  chain: ZerogChain,
  { user, fee, nonce }: { readonly user: Address; readonly fee: string; readonly nonce: bigint },
) {
  const { provider } = getActors(chain);
  const message = { requestsHash: keccak256(stringToHex(`${user} ${nonce}`)), nonce, provider, user };
  const totalFee = parseEther(fee);
  const signature = await teeSigner.signTypedData({
    domain: { name: '0G Inference Serving', version: '1', chainId: 31_337, verifyingContract: chain.inference },
    types: {
      TEESettlement: [
        { name: 'requestsHash', type: 'bytes32' },
        { name: 'nonce', type: 'uint256' },
        { name: 'provider', type: 'address' },
        { name: 'user', type: 'address' },
        { name: 'totalFee', type: 'uint256' },
      ],
    },
    primaryType: 'TEESettlement',
    message: { ...message, totalFee },
  });
  return { ...message, totalFee, signature };
}

/** To the provider once more, and back again after the waiting time. */
async function moveFunds(chain: ZerogChain): Promise<void> {
  const { provider, buyer } = getActors(chain);
  await transfer(chain, buyer, { provider, name: 'inference-v1.0', amount: '1' });
  const retrieve = encodeFunctionData({ abi, functionName: 'retrieveFund', args: [[provider], 'inference-v1.0'] });
  await chain.send({ from: buyer, to: chain.ledger, data: retrieve });
  await chain.wait(2 * LOCK_TIME_S + 1);
  await chain.send({ from: buyer, to: chain.ledger, data: retrieve });
}

async function fineTune(chain: ZerogChain): Promise<void> {
  const { owner, tuner, buyer } = getActors(chain);
  const to = chain.fineTuning;
  const quota = { cpuCount: 64n, nodeMemory: 512n, gpuCount: 8n, nodeStorage: 4_000n, gpuType: 'H200' };
  const service = ['https://tune.example', quota, 7n, false, ['llama'], teeSigner.address] as const;
  const offer = encodeFunctionData({ abi, functionName: 'addOrUpdateService', args: service });
  await chain.send({ from: tuner, to, data: offer, value: '100' });
  const vouch = encodeFunctionData({ abi, functionName: 'acknowledgeTEESignerByOwner', args: [tuner] });
  await chain.send({ from: owner, to, data: vouch });
  await transfer(chain, buyer, { provider: tuner, name: 'fine-tuning-v1.0', amount: '2' });
  await deliver(chain, { id: 'first', nonce: 1n, isAcknowledged: true });
  await deliver(chain, { id: 'second', nonce: 2n, isAcknowledged: false });
}

async function deliver(
  chain: ZerogChain,
  { id, nonce, isAcknowledged }: { readonly id: string; readonly nonce: bigint; readonly isAcknowledged: boolean },
): Promise<void> {
  const { tuner, buyer } = getActors(chain);
  const to = chain.fineTuning;
  const modelRootHash = keccak256(stringToHex(id));
  const add = encodeFunctionData({ abi, functionName: 'addDeliverable', args: [buyer, id, modelRootHash] });
  await chain.send({ from: tuner, to, data: add });
  if (isAcknowledged) {
    const accept = encodeFunctionData({ abi, functionName: 'acknowledgeDeliverable', args: [tuner, id] });
    await chain.send({ from: buyer, to, data: accept });
  }
  // What the buyer needs to open the model, and gets for an acknowledgement only.
  const encryptedSecret = isAcknowledged ? '0x5ec7' : '0x';
  const message = { id, encryptedSecret, modelRootHash, nonce, taskFee: parseEther('1'), user: buyer } as const;
  const signature = await teeSigner.signTypedData({
    domain: { name: '0G Fine-Tuning Serving', version: '1', chainId: 31_337, verifyingContract: to },
    types: {
      VerifierMessage: [
        { name: 'id', type: 'string' },
        { name: 'encryptedSecret', type: 'bytes' },
        { name: 'modelRootHash', type: 'bytes' },
        { name: 'nonce', type: 'uint256' },
        { name: 'taskFee', type: 'uint256' },
        { name: 'user', type: 'address' },
      ],
    },
    primaryType: 'VerifierMessage',
    message,
  });
  const settle = encodeFunctionData({ abi, functionName: 'settleFees', args: [{ ...message, signature }] });
  await chain.send({ from: tuner, to, data: settle });
}

async function leave(chain: ZerogChain): Promise<void> {
  const { provider, tuner } = getActors(chain);
  const data = encodeFunctionData({ abi, functionName: 'removeService' });
  await chain.send({ from: provider, to: chain.inference, data });
  await chain.send({ from: tuner, to: chain.fineTuning, data });
}
