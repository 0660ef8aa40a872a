import type pg from 'pg';
import { UserError } from '../../schema/lib/errors.js';
import { type Hex, toBytes, toHex } from '../../schema/lib/hex.js';
import { type NetworkDefinition, type TokenDefinition, toTokenId } from '../../schema/protocols/Manifest.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { transact } from './transact.js';

/**
 * Makes a chain and its networks known, or brings their titles up to date. Throws UserError when the database holds
 * the history of another chain under the same id.
 */
export async function registerNetworks(
  pool: pg.Pool,
  chain: { readonly chainId: number; readonly genesisHash: Hex; readonly networks: readonly Network[] },
): Promise<void> {
  await transact(pool, async (client) => {
    const first = chain.networks[0]?.definition;
    await client.query(
      `insert into chain (chain_id, name, recorded, genesis_hash, phase) values ($1, $2, $3, $4, 'waiting')
       on conflict (chain_id) do update set name = excluded.name`,
      [chain.chainId, first?.chainName, first?.recorded, toBytes(chain.genesisHash)],
    );
    await client.query('insert into conservation_progress (chain_id) values ($1) on conflict do nothing', [
      chain.chainId,
    ]);
    await assertSameGenesis(client, chain.chainId, chain.genesisHash);
    await assertSameNetworks(client, chain);
    for (const network of chain.networks) await registerNetwork(client, network);
  });
}

async function assertSameGenesis(client: pg.ClientBase, chainId: number, genesisHash: Hex): Promise<void> {
  const { rows } = await client.query<{ genesis_hash: Buffer }>('select genesis_hash from chain where chain_id = $1', [
    chainId,
  ]);
  const stored = rows[0] ? toHex(rows[0].genesis_hash) : genesisHash;
  if (stored !== genesisHash) {
    throw new UserError(
      `Expected chain ${chainId} with genesis block ${stored}, as the database has it; got ${genesisHash}. Give the same chain or recording again, or start anew with --reset (on a database of your own: empty it).`,
    );
  }
}

/**
 * A chain has one cursor for all its networks: one that joins or leaves on the way would have a hole in its history
 * that nobody sees.
 */
async function assertSameNetworks(
  client: pg.ClientBase,
  { chainId, networks }: { readonly chainId: number; readonly networks: readonly Network[] },
): Promise<void> {
  const { rows } = await client.query<{ id: string; height: number | null }>(
    'select network.id, chain.height from network join chain using (chain_id) where chain_id = $1 order by network.id',
    [chainId],
  );
  const stored = rows.map((row) => row.id);
  const asked = networks.map(({ definition }) => definition.id).sort();
  if (rows.some((row) => row.height !== null) && stored.join() !== asked.join()) {
    throw new UserError(
      `Expected the networks that chain ${chainId} is indexed with (${stored.join(', ')}), got ${asked.join(', ')}. Set COMPUTESCAN_NETWORKS to the former, or index the latter from the start into an empty database.`,
    );
  }
}

async function registerNetwork(client: pg.ClientBase, { manifest, definition }: Network): Promise<void> {
  const { id, workToken, stakeToken } = definition;
  await client.query(
    `insert into network (id, chain_id, protocol, title, summary, recorded, notice, capabilities, conservation,
       work_token, stake_token, final_deadline)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (id) do update set title = excluded.title, summary = excluded.summary, notice = excluded.notice,
       capabilities = excluded.capabilities, conservation = excluded.conservation, work_token = excluded.work_token,
       stake_token = excluded.stake_token, final_deadline = excluded.final_deadline`,
    [
      id,
      definition.chainId,
      manifest.protocol,
      definition.title,
      definition.summary,
      definition.recorded,
      definition.notice ?? null,
      JSON.stringify(definition.capabilities),
      JSON.stringify({ ...manifest.conservation, ...definition.conservation }),
      workToken ? toTokenId(id, workToken) : null,
      stakeToken ? toTokenId(id, stakeToken) : null,
      manifest.finalDeadline === true,
    ],
  );
  for (const token of listTokens(definition)) await registerToken(client, id, token);
}

/** One that is paid and staked alike is one token, whichever of the two says where USD comes from. */
function listTokens({ workToken, stakeToken }: NetworkDefinition): readonly TokenDefinition[] {
  if (!workToken || !stakeToken) return [workToken, stakeToken].filter((token) => token !== undefined);
  if (workToken.symbol.toLowerCase() !== stakeToken.symbol.toLowerCase()) return [workToken, stakeToken];
  return [{ ...workToken, usd: workToken.usd ?? stakeToken.usd }];
}

async function registerToken(client: pg.ClientBase, networkId: string, token: TokenDefinition): Promise<void> {
  await client.query(
    `insert into token (id, network_id, symbol, decimals, address, usd) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set symbol = excluded.symbol, decimals = excluded.decimals, address = excluded.address,
       usd = excluded.usd`,
    [
      toTokenId(networkId, token),
      networkId,
      token.symbol,
      token.decimals,
      token.address ? toBytes(token.address.toLowerCase() as Hex) : null,
      token.usd ? JSON.stringify(token.usd) : null,
    ],
  );
}
