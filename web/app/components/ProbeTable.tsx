import { toClean, toCount } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ProbeRow {
  readonly id: string;
  readonly network: { readonly title: string } | null;
  readonly targets: number;
  readonly fresh: number;
  readonly failing: number;
  readonly prices: number;
  readonly refused: number;
  readonly lastSuccess: string | null;
  readonly lastError: string | null;
}

/** How the asking off chain goes, for prices and for who is there. */
export function ProbeTable({ probes }: { readonly probes: readonly ProbeRow[] }) {
  return (
    <DataTable
      caption="What is asked off chain, for prices and for who is there; it is no fact, and gets old where nobody answers"
      label="Probes"
      head={
        <>
          <ColumnHead>Network</ColumnHead>
          <ColumnHead>Asks</ColumnHead>
          <ColumnHead className="number" title="Providers, machines or public sources that are asked">
            Targets
          </ColumnHead>
          <ColumnHead className="number" title="Targets whose last answer is no older than three intervals">
            Fresh
          </ColumnHead>
          <ColumnHead
            className="number"
            title="Targets that gave no answer, or not one that counts, when they were last asked"
          >
            Failing
          </ColumnHead>
          <ColumnHead className="number" title="Prices in the last answers; beside them entries that made no sense">
            Prices
          </ColumnHead>
          <ColumnHead className="number">Last answer (UTC)</ColumnHead>
          <ColumnHead>Last flaw</ColumnHead>
        </>
      }
    >
      {probes.map((probe) => (
        <Row key={`${probe.network?.title} ${probe.id}`} probe={probe} />
      ))}
    </DataTable>
  );
}

function Row({ probe }: { readonly probe: ProbeRow }) {
  const { id, network, targets, fresh, failing, prices, refused, lastSuccess, lastError } = probe;
  return (
    <TableRow>
      <RowHead>{network ? toClean(network.title, 60) : <NoValue reason="Not indexed" />}</RowHead>
      <Cell label="Asks">
        <code>{toClean(id, 40)}</code>
      </Cell>
      <Cell label="Targets" className="number">
        {toCount(targets)}
      </Cell>
      <Cell label="Fresh" className="number">
        {toCount(fresh)}
      </Cell>
      <Cell label="Failing" className="number">
        <span className={failing === 0 ? undefined : 'bad'}>{toCount(failing)}</span>
      </Cell>
      <Cell label="Prices" className="number">
        <span className="stacked">
          <span>{toCount(prices)}</span>
          {refused === 0 ? null : <span className="age">{toCount(refused)} refused</span>}
        </span>
      </Cell>
      <Cell label="Last answer (UTC)" className="number">
        {lastSuccess === null ? <NoValue reason="No answer yet" /> : <When at={lastSuccess} />}
      </Cell>
      <Cell label="Last flaw" className="flaw">
        {lastError === null ? <NoValue reason="None" /> : toClean(lastError, 200)}
      </Cell>
    </TableRow>
  );
}
