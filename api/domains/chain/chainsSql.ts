/** Every chain, by id, as `ChainRow` has it. Each snapshot reads it when it begins: what an answer says of itself is of it. */
export const chainsSql = `
  select c.chain_id as id, c.name, c.recorded, c.phase, c.phase_reason as "phaseReason", c.height,
    c.block_hash as "blockHash", c.block_time as "blockTime", c.head_height as "headNumber",
    c.head_time as "headAt", c.finalized_height as "finalizedNumber",
    c.safe_height as "safeNumber", c.reorgs, c.deepest_reorg as "deepestReorg", c.seen_at as "seenAt",
    p.height as "checkedNumber",
    coalesce((select max(r.number) from retraction r where r.chain_id = c.chain_id), 0) as retractions
  from chain c
  left join conservation_progress p using (chain_id)
  order by c.chain_id
`;
