import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { CopyId, ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface NamedProviderTableProps {
  readonly named: readonly (ProviderNameProps['provider'] & {
    readonly network: { readonly id: string; readonly title: string };
    readonly account: string | null;
  })[];
}

/** Several bear one name: whoever asks tells them apart by their addresses. */
export function NamedProviderTable({ named }: NamedProviderTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={t('Anybody may take any name: tell them apart by their addresses')}
      label={t('Providers of that name')}
      head={
        <>
          <ColumnHead>{t('Provider')}</ColumnHead>
          <ColumnHead>{t('Network')}</ColumnHead>
          <ColumnHead>{t('Operator')}</ColumnHead>
        </>
      }
    >
      {named.map((provider) => (
        <TableRow key={provider.id}>
          <RowHead>
            <ProviderName provider={provider} copies />
          </RowHead>
          <Cell label={t('Network')}>{provider.network.title}</Cell>
          <Cell label={t('Operator')}>
            {provider.account ? (
              <span className="nowrap">
                <Link to={`/operators/${provider.account}`}>
                  <ShortId id={provider.account} />
                </Link>
                <CopyId id={provider.account} />
              </span>
            ) : (
              <NoValue reason={t('No owner named')} />
            )}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
