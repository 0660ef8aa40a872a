import { toClean } from '../format.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { ShortId } from './ShortId.js';
import { When } from './When.js';

export interface StakeRow {
  readonly id: string;
  readonly account: string;
  readonly kind: string;
  readonly amount: string;
  readonly delta: string;
  readonly token: Token;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
}

export interface StakeTableProps {
  readonly caption: string;
  readonly changes: readonly StakeRow[];
  readonly recorded: boolean;
}

const kinds: Readonly<Record<string, string>> = {
  locked: 'Locked',
  unlocked: 'Unlocked',
  unlocking: 'Unlocking',
  withdrawn: 'Withdrawn',
  rewarded: 'Rewarded',
  slashed: 'Slashed',
  moved: 'Moved',
};

export function StakeTable({ caption, changes, recorded }: StakeTableProps) {
  return (
    <DataTable
      caption={caption}
      label="Stake changes"
      head={
        <>
          <th scope="col">Account</th>
          <th scope="col">What</th>
          <th scope="col" className="number">
            Amount
          </th>
          <th scope="col" className="number" title="What it did to the provider's stake">
            Change of stake
          </th>
          <th scope="col">Transaction</th>
          <th scope="col" className="number">
            When (UTC)
          </th>
        </>
      }
    >
      {changes.map((change) => (
        <tr key={change.id}>
          <th scope="row">
            <ShortId id={change.account} />
          </th>
          <td>
            <span className={change.kind === 'slashed' ? 'bad' : undefined}>
              {kinds[change.kind] ?? toClean(change.kind, 24)}
            </span>
          </td>
          <td className="number">
            <Amount baseUnits={change.amount} token={change.token} />
          </td>
          <td className="number">
            <Amount baseUnits={change.delta} token={change.token} signed />
          </td>
          <td>
            <ShortId id={change.transaction} />
          </td>
          <td className="number">
            <When at={change.at} recordedHeight={recorded ? change.height : undefined} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
