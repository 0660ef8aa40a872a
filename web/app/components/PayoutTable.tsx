import { Link } from '@remix-run/react';
import { toClean } from '../format.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { When } from './When.js';

export interface PayoutRow {
  readonly id: string;
  readonly recipient: string;
  readonly role: string;
  readonly amount: string;
  readonly token: Token;
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

export function PayoutTable({ caption, payouts, recorded, withJob = false }: PayoutTableProps) {
  return (
    <DataTable
      caption={caption}
      label="Payouts"
      head={
        <>
          <th scope="col">Recipient</th>
          <th scope="col">Role</th>
          <th scope="col" className="number">
            Amount
          </th>
          {withJob ? <th scope="col">Job</th> : null}
          <th scope="col">Transaction</th>
          <th scope="col" className="number">
            When (UTC)
          </th>
        </>
      }
    >
      {payouts.map((payout) => (
        <tr key={payout.id}>
          <th scope="row">
            <ShortId id={payout.recipient} />
          </th>
          <td>{toClean(payout.role, 32)}</td>
          <td className="number">
            <Amount baseUnits={payout.amount} token={payout.token} />
          </td>
          {withJob ? (
            <td>{payout.job ? <JobLink job={payout.job} /> : <NoValue reason="Of no single job" />}</td>
          ) : null}
          <td>
            <ShortId id={payout.transaction} />
          </td>
          <td className="number">
            <When at={payout.at} recordedHeight={recorded ? payout.height : undefined} />
          </td>
        </tr>
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
