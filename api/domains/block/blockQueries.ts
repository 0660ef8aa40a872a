/** What resolvers read of a block; the other columns leave under the names they are selected with. */
export interface BlockRow {
  readonly chainId: number;
}

export const blocks = {
  columns: `
    b.chain_id || '-' || b.height as id, b.chain_id as "chainId", b.height as number, b.hash,
    b.parent_hash as "parentHash", b.time as timestamp
  `,
  from: 'from block b',
};
