import type pg from 'pg';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import type { ProviderRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { compareTexts } from './order.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

export type Hardware = ProviderRecord['hardware'];

interface LoadedHardware {
  /** By provider. */
  readonly histories: ReadonlyMap<string, Hardware>;
  /** When the last version of a machine that is in it began, unix seconds. */
  readonly last: number;
}

export interface HardwareHistory {
  /** Where nothing of before the hour `since` has changed. */
  readonly refresh: (client: pg.ClientBase, scope: Scope, since: number) => Promise<ReadonlyMap<string, Hardware>>;
}

/** What a provider has is made of all versions of all machines, which change seldom: they are read again where one began since, or had. */
export function createHardwareHistory(): HardwareHistory {
  let known: LoadedHardware | undefined;
  return {
    refresh: async (client, scope, since) => {
      const holds = known !== undefined && known.last < since * 3_600 && !(await hasVersions(client, scope, since));
      if (known === undefined || !holds) known = await loadHardware(client, scope);
      return known.histories;
    },
  };
}

async function hasVersions(client: pg.ClientBase, { network, height }: Scope, since: number): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (
       select from node_version v join node n on n.id = v.node_id and n.network_id = $1
       where v.chain_id = $2 and v.height_from <= $3 and v.height_from >= (
         select b.height from block b where b.chain_id = $2 and b.time >= to_timestamp($4::bigint * 3600) order by b.time, b.height limit 1
       )
     ) as found`,
    [network.id, network.chainId, height, since],
  );
  return rows[0]?.found === true;
}

interface Machine {
  readonly provider: string | null;
  readonly model: string;
  readonly gpus: number;
}

/**
 * By provider, from when on which model was that of the most GPUs in its machines, by its id in the catalogue of GPUs; of equally
 * many the first by name. Null: a model that the catalogue does not know, whatever it is called. Machines that are off the market
 * do not count, and where all of them are, the last model stands.
 */
export async function loadHardware(client: pg.ClientBase, { network, height }: Scope): Promise<LoadedHardware> {
  const machines = new Map<string, Machine>();
  const stocks = new Map<string, Map<string, number>>();
  const histories = new Map<string, { from: number; model: string | null }[]>();
  const toModel = createModelNames();
  const touched = new Set<string>();
  let time = 0;

  const close = () => {
    for (const provider of touched) {
      const history = histories.get(provider) ?? [];
      const largest = findLargest(stocks.get(provider) ?? new Map<string, number>());
      const model = largest === UNKNOWN ? null : largest;
      if (model !== undefined && history.at(-1)?.model !== model) history.push({ from: time, model });
      histories.set(provider, history);
    }
    touched.clear();
  };
  const move = ({ provider, model, gpus }: Machine, sign: 1 | -1) => {
    if (provider === null) return;
    const stock = stocks.get(provider) ?? new Map<string, number>();
    stock.set(model, (stock.get(model) ?? 0) + sign * gpus);
    stocks.set(provider, stock);
    touched.add(provider);
  };

  await readRows<[string, string | null, boolean | null, string | null, number | null, number]>(
    client,
    { text: hardwareSql, values: [network.id, height] },
    ([node, provider, active, gpuModel, gpuCount, at]) => {
      if (at !== time) close();
      time = at;
      const before = machines.get(node);
      if (before) move(before, -1);
      const gpus = active === false ? 0 : Math.max(1, gpuCount ?? 1);
      const machine = { provider, model: toModel(gpuModel ?? ''), gpus };
      machines.set(node, machine);
      move(machine, 1);
    },
  );
  close();
  return { histories, last: time };
}

const hardwareSql = `
  select v.node_id, v.provider_id, v.active, v.gpu_model, v.gpu_count,
    (select floor(extract(epoch from b.time))::bigint from block b
     where b.chain_id = v.chain_id and b.height = v.height_from) as at
  from node_version v
  join node n on n.id = v.node_id and n.network_id = $1
  where v.height_from <= $2
  order by v.height_from, v.node_id collate "C"
`;

const UNKNOWN = '';

function findLargest(stock: ReadonlyMap<string, number>): string | undefined {
  const [largest] = [...stock]
    .filter(([, gpus]) => gpus > 0)
    .sort(([one, ones], [other, others]) => others - ones || compareTexts(one, other));
  return largest?.[0];
}

function createModelNames(): (claim: string) => string {
  const names = new Map<string, string>();
  return (claim) => {
    const known = names.get(claim) ?? matchGpu(claim).model?.id ?? UNKNOWN;
    names.set(claim, known);
    return known;
  };
}
