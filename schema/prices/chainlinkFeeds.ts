import type { FeedDefinition } from './UsdSource.js';

/*
 * Proxies: https://docs.chain.link/data-feeds/price-feeds/addresses. A heartbeat is the longest one that the feed was
 * published with, for the answers of back then. Aggregators are those that public documents name; the other phases are
 * learned from the proxy when a chain is indexed.
 */

/**
 * Aggregator: handle-fi/handle-subgraph `README.md`. Heartbeats on Arbitrum One: LZeroAnalytics/chainlink-package
 * `src/package_io/constants_backup.star` (83aa3d4); Chainlink's directory has 1,755 s for ETH and 255 s for USDC since.
 */
export const ethUsdOnArbitrum: FeedDefinition = {
  pair: 'ETH / USD',
  proxy: '0x639Fe6ab55C921f74e7fac1ee960C0B6293ba612',
  decimals: 8,
  heartbeatSeconds: 86_400,
  phases: [{ aggregator: '0x3607e46698d218B3a5Cae44bF381475C0a5e2ca7' }],
  source: 'https://data.chain.link/feeds/arbitrum/mainnet/eth-usd',
};

/** Aggregator: https://arbiscan.io/address/0x50834F3163758fcC1Df9973b6e91f0F0F0434aD3#readContract */
export const usdcUsdOnArbitrum: FeedDefinition = {
  pair: 'USDC / USD',
  proxy: '0x50834F3163758fcC1Df9973b6e91f0F0F0434aD3',
  decimals: 8,
  heartbeatSeconds: 86_400,
  phases: [{ aggregator: '0x2946220288DbBF77dF0030fCecc2a8348CbBE32C' }],
  source: 'https://data.chain.link/feeds/arbitrum/mainnet/usdc-usd',
};

/** Proxy, aggregator: duneanalytics/spellbook `models/chainlink/bnb/chainlink_bnb_price_feeds_oracle_addresses.sql`. */
export const usdcUsdOnBnb: FeedDefinition = {
  pair: 'USDC / USD',
  proxy: '0x51597f405303C4377E36123cBc172b13269EA163',
  decimals: 8,
  // dforce-network/Oracle `scripts/config/config.js` (74b69fa) allows 7,200 s, an hour above the heartbeat as elsewhere.
  heartbeatSeconds: 3_600,
  phases: [{ aggregator: '0x7008fDEd94a8Ce68D01FEB633C4D81C2be7a1B20' }],
  source: 'https://data.chain.link/feeds/bsc/mainnet/usdc-usd',
};
