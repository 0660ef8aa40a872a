import { toClean } from '../format.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { Usd, type UsdValue } from './Usd.js';
import { When } from './When.js';

export interface PayoutRow {
  readonly id: string;
  readonly recipient: string | null;
  readonly role: string;
  readonly amount: string;
  readonly token: Token;
  readonly usd: UsdValue;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
  readonly job?: { readonly id: string; readonly nativeId: string } | null;
}

export interface PayoutTableProps {
  readonly caption: string;
  readonly payouts: readonly PayoutRow[];
  readonly recorded: boolean;
  /** Names the job of each payout, where the page is not about one job. */
  readonly withJob?: boolean;
}

/** What a payout was for; a role not in the table is shown as it is. */
const roles: Readonly<Record<string, string>> = {
  provider: 'Provider',
  worker: 'Worker',
  application: 'Application',
  dataset: 'Dataset',
  bonus: 'Share of penalties',
  penalty: 'Penalty (to the protocol)',
  fee: 'Fee (kept by the market)',
  withdrawal: 'Withdrawal',
};

export function PayoutTable({ caption, payouts, recorded, withJob = false }: PayoutTableProps) {
  return (
    <DataTable
      caption={payouts.some(({ usd }) => usd.source === 'STATIC') ? `${caption}; USD at a set rate` : caption}
      label="Payouts"
      head={
        <>
          <ColumnHead>Recipient</ColumnHead>
          <ColumnHead>Role</ColumnHead>
          <ColumnHead className="number" title="In tokens, and what they were worth then">
            Amount
          </ColumnHead>
          {withJob ? <ColumnHead>Job</ColumnHead> : null}
          <ColumnHead>Transaction</ColumnHead>
          <ColumnHead className="number">When (UTC)</ColumnHead>
        </>
      }
    >
      {payouts.map((payout) => (
        <TableRow key={payout.id}>
          <RowHead>
            {payout.recipient ? <ShortId id={payout.recipient} /> : <NoValue reason="The log names nobody" />}
          </RowHead>
          <Cell label="Role">{roles[payout.role] ?? toClean(payout.role, 32)}</Cell>
          <Cell label="Amount" className="number">
            <span className="stacked">
              <Amount baseUnits={payout.amount} token={payout.token} />
              <Usd usd={payout.usd} marksRate={false} />
            </span>
          </Cell>
          {withJob ? (
            <Cell label="Job">{payout.job ? <JobLink job={payout.job} /> : <NoValue reason="Of no single job" />}</Cell>
          ) : null}
          <Cell label="Transaction">
            <ShortId id={payout.transaction} />
          </Cell>
          <Cell label="When (UTC)" className="number">
            <When at={payout.at} recordedHeight={recorded ? payout.height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function JobLink({ job }: { readonly job: { readonly id: string; readonly nativeId: string } }) {
  return (
    <Link to={`/jobs/${encodeURIComponent(job.id)}`}>
      <ShortId id={job.nativeId} />
    </Link>
  );
}
