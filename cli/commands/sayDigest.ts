import { readChainDigests } from '../../indexer/operator/main.js';

/** What a run came to, as `computescan digest` prints it. */
export async function sayDigest(databaseUrl: string, chainId: number): Promise<void> {
  for (const chain of await readChainDigests(databaseUrl, { chainId, rescan: false })) {
    console.log(`chain ${chain.chainId} block ${chain.height} rows ${chain.rows} digest ${chain.digest}`);
  }
}
