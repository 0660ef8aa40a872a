-- $1 chain. Stored blocks that do not follow one another, a cursor that is none of them, and logs of other blocks.
select 'block ' || b.height as subject, b.height, 'does not follow the stored block below it' as detail
from block b
join block parent on parent.chain_id = b.chain_id and parent.height = b.height - 1
where b.chain_id = $1 and octet_length(b.parent_hash) = 32 and b.parent_hash <> parent.hash
union all
select 'cursor', c.height, 'stands on a block that is not stored'
from chain c
where c.chain_id = $1 and c.height is not null and not exists (
  select from block b where b.chain_id = c.chain_id and b.height = c.height and b.hash = c.block_hash)
union all
select 'log ' || e.height || '-' || e.log_index, e.height, 'is of another block than the stored one of its height'
from (
  select height, log_index, block_hash from event where chain_id = $1
  union all
  select height, log_index, block_hash from quarantine where chain_id = $1
) e
left join block b on b.chain_id = $1 and b.height = e.height
where b.hash is distinct from e.block_hash
