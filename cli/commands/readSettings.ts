import { type IndexerConfig, readIndexerConfig } from '../../indexer/config.js';
import type { Environment } from '../../schema/lib/readEnv.js';

/** The indexer's settings, with the networks of one's own made known. */
export async function readSettings(env: Environment): Promise<IndexerConfig> {
  const config = readIndexerConfig(env);
  if (config.COMPUTESCAN_NETWORK_FILE) {
    const { addNetworks } = await import('../../schema/protocols/protocols.js');
    const { readNetworkFile } = await import('../../schema/protocols/readNetworkFile.js');
    addNetworks(readNetworkFile(config.COMPUTESCAN_NETWORK_FILE));
  }
  return config;
}
