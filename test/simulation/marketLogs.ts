import { type AbiEvent, parseAbiItem, toEventSelector } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import { computeMarketEvents } from '../../schema/protocols/abis/computeMarket.js';
import { computeMarket } from '../../schema/protocols/computeMarket.js';
import type { Manifest } from '../../schema/protocols/Manifest.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { LogDraft } from './encodeBlock.js';

/** The contracts of a simulated network: a market, and a factory that opens further ones. */
export const MARKET: Hex = `0x${'3a'.repeat(20)}`;
export const FACTORY: Hex = `0x${'fa'.repeat(20)}`;

const DEPLOYED = 'event MarketDeployed(address indexed market, uint256 salt)';

const manifest: Manifest = {
  ...computeMarket,
  events: { ...computeMarketEvents, factory: [DEPLOYED] },
  factories: [{ role: 'factory', event: 'MarketDeployed', argument: 'market', announces: 'market' }],
};

export function toNetwork(chainId: number, startBlock: number): Network {
  const token = { symbol: 'SIM', decimals: 18 };
  return {
    manifest,
    definition: {
      id: 'compute-market-simulation',
      title: 'Simulated market',
      summary: 'A market that only a simulation knows.',
      chainId,
      chainName: 'Simulation',
      recorded: false,
      capabilities: manifest.capabilities,
      workToken: token,
      stakeToken: token,
      contracts: [
        { role: 'market', address: MARKET, startBlock },
        { role: 'factory', address: FACTORY, startBlock },
      ],
    },
  };
}

/** First topics by the events' names. */
export const topicOf: Readonly<Record<string, Hex>> = Object.fromEntries(
  [...computeMarketEvents.market, DEPLOYED].map((signature) => {
    const event = parseAbiItem(signature) as AbiEvent;
    return [event.name, toEventSelector(event)];
  }),
);

/** A log of whole words; a text follows the words of its event. */
export function toLog(
  address: Hex,
  name: string,
  content: { readonly indexed: readonly Hex[]; readonly words?: readonly Hex[]; readonly text?: Uint8Array },
): LogDraft {
  const { indexed, words = [], text } = content;
  const plain = words.map((value) => value.slice(2).padStart(64, '0')).join('');
  return {
    address,
    topics: [topicOf[name] ?? '0x', ...indexed.map((value): Hex => `0x${value.slice(2).padStart(64, '0')}`)],
    data: `0x${plain}${text ? toText(text, words.length + 1) : ''}`,
  };
}

function toText(text: Uint8Array, words: number): string {
  const padded = Buffer.alloc(Math.ceil(text.length / 32) * 32);
  padded.set(text);
  return toWord(words * 32) + toWord(text.length) + padded.toString('hex');
}

function toWord(value: number): string {
  return value.toString(16).padStart(64, '0');
}
