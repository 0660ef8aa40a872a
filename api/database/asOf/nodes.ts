import type { Bounds } from './Bounds.js';

/** Nodes with the attributes of the version that held. Most have none that began since, and are found by their indexes. */
export const nodes = { node: toNodes };

const texts = ['provider_id', 'active', 'region', 'gpu_model', 'gpu_count', 'vram_mb', 'uri'];
const trees = ['terms', 'altered'];

function toNodes({ holds, isLater, height }: Bounds): string {
  const ofNode = 'n.id, n.network_id, n.chain_id, n.native_id, n.height, n.time';
  return `
    select ${ofNode}, ${[...texts, ...trees].map((column) => `n.${column}`).join(', ')}
    from node n
    where ${holds('n')} and not exists (
      select from node_version later where later.node_id = n.id and later.height_from > ${height('n')})
    union all
    select ${ofNode}, ${texts.map((column) => `v.${column}`).join(', ')},
      ${trees.map((column) => `coalesce(v.${column}, '{}') as ${column}`).join(', ')}
    from (
      select distinct since.node_id from node_version since where ${isLater('since', 'height_from')}
    ) as changed
    join node n on n.id = changed.node_id
    left join lateral (
      select v.* from node_version v
      where v.node_id = n.id and v.height_from <= ${height('n')} order by v.height_from desc limit 1
    ) as v on true
    where ${holds('n')}`;
}
