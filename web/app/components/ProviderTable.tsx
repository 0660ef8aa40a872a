import { toCount, toOutcome } from '../format.js';
import type { Sorting } from '../listState.js';
import { Amount, type Token } from './Amount.js';
import type { Altered } from './CleanedMark.js';
import { DataTable } from './DataTable.js';
import { type Capability, Missing } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { Price, type PriceProps } from './Price.js';
import { ProviderName } from './ProviderName.js';
import { SortHeader } from './SortHeader.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ListNetwork {
  readonly id: string;
  readonly title: string;
  readonly recorded: boolean;
  readonly notice: string | null;
  readonly capabilities: readonly Capability[];
  readonly workToken: Token | null;
  readonly stakeToken: Token | null;
}

export interface ProviderRow {
  readonly id: string;
  readonly nativeId: string;
  readonly name: string | null;
  readonly altered: readonly Altered[];
  readonly active: boolean | null;
  readonly network: { readonly id: string };
  readonly jobCount: string | null;
  readonly tasksCompleted: string | null;
  readonly tasksFailed: string | null;
  readonly stake: string | null;
  readonly paid: string | null;
  readonly lastActiveAt: string;
  readonly lastActiveHeight: string;
  readonly latestPrice: PriceProps['price'] | null;
}

export interface ProviderTableProps {
  readonly caption: string;
  readonly providers: readonly ProviderRow[];
  readonly networks: readonly ListNetwork[];
  readonly sorting: Sorting<string>;
  readonly toHref: (sorting: Sorting<string>) => string;
}

const columns = [
  {
    key: 'latestPrice',
    label: 'Own price',
    title:
      "The provider's own price per unit in its latest job, else what it asked for last; a job's price also holds what others are paid",
  },
  { key: 'tasksCompleted', label: 'Tasks completed', title: 'Of all tasks that ended; sorts by the number completed' },
  { key: 'jobs', label: 'Jobs', title: 'Paid agreements' },
  { key: 'stake', label: 'Locked now', title: 'Stake: what is locked at this moment' },
  { key: 'paid', label: 'Paid', title: 'Tokens received for work, all time' },
  { key: 'lastActiveAt', label: 'Last active (UTC)', title: 'Latest event on the chain' },
] as const;

export const providerSortKeys = ['id', ...columns.map((column) => column.key)] as const;

export function ProviderTable({ caption, providers, networks, sorting, toHref }: ProviderTableProps) {
  const byId = new Map(networks.map((network) => [network.id, network]));
  return (
    <DataTable
      caption={caption}
      label="Providers"
      className="list"
      head={
        <>
          <SortHeader label="Provider" sortKey="id" first="asc" sorting={sorting} toHref={toHref} />
          <ColumnHead className="network">Network</ColumnHead>
          {columns.map(({ key, ...column }) => (
            <SortHeader key={key} sortKey={key} numeric sorting={sorting} toHref={toHref} {...column} />
          ))}
        </>
      }
    >
      {providers.map((provider) => {
        const network = byId.get(provider.network.id);
        return network ? <Row key={provider.id} provider={provider} network={network} /> : null;
      })}
    </DataTable>
  );
}

function Row({ provider, network }: { readonly provider: ProviderRow; readonly network: ListNetwork }) {
  const { capabilities, stakeToken, workToken } = network;
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  const { tasksCompleted, tasksFailed, jobCount, stake, paid } = provider;
  return (
    <TableRow>
      <RowHead>
        <ProviderName provider={provider} />{' '}
        {provider.active === false ? <span className="badge badge-quiet">inactive</span> : null}
        <span className="narrow-only">
          <NetworkName network={network} />
        </span>
      </RowHead>
      <Cell label="Network" className="network">
        <NetworkName network={network} />
      </Cell>
      <Cell label="Own price" className="number">
        {provider.latestPrice ? <Price price={provider.latestPrice} /> : missing('price')}
      </Cell>
      <Cell label="Tasks completed" className="number">
        {toOutcome(tasksCompleted, tasksFailed) ?? missing('jobs')}
      </Cell>
      <Cell label="Jobs" className="number">
        {jobCount === null ? missing('jobs') : toCount(jobCount)}
      </Cell>
      <Cell label="Locked now" className="number">
        {stake === null || !stakeToken ? missing('stake') : <Amount baseUnits={stake} token={stakeToken} />}
      </Cell>
      <Cell label="Paid" className="number">
        {paid === null || !workToken ? missing('payout') : <Amount baseUnits={paid} token={workToken} />}
      </Cell>
      <Cell label="Last active (UTC)" className="number">
        <When at={provider.lastActiveAt} recordedHeight={network.recorded ? provider.lastActiveHeight : undefined} />
      </Cell>
    </TableRow>
  );
}
