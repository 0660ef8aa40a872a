import { isHex } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { hitKinds } from './hitKinds.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { CopyId, ShortId, ShortPublicId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface HitRow {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly detail: string;
  readonly path: string | null;
  /** Where people look it up, where it has no page here. */
  readonly address: string | null;
  readonly exactness: string;
}

/** Why something was found. */
const reasons: Readonly<Record<string, string>> = {
  exact: key('Exactly this'),
  prefix: key('Begins with it'),
  contains: key('Contains it'),
};

/** What was found, a table for each kind; what was typed in full comes first. */
export function SearchResults({ hits, hasMore }: { readonly hits: readonly HitRow[]; readonly hasMore: boolean }) {
  const t = useText();
  return (
    <>
      {toGroups(hits).map(([kind, rows]) => (
        <section key={kind} className="hits">
          <h2>{t(hitKinds[kind]?.many ?? kind)}</h2>
          <HitTable kind={kind} hits={rows} />
        </section>
      ))}
      {hasMore ? <p className="muted">{t('There may be more: type more of it.')}</p> : null}
    </>
  );
}

function HitTable({ kind, hits }: { readonly kind: string; readonly hits: readonly HitRow[] }) {
  const t = useText();
  const words = hitKinds[kind];
  return (
    <DataTable
      caption={t.count(hits.length, '{n} found', '{n} found')}
      label={t(words?.many ?? kind)}
      head={
        <>
          <ColumnHead>{t(words?.one ?? kind)}</ColumnHead>
          <ColumnHead>{kind === 'block' ? t('Chain') : t('Network')}</ColumnHead>
          <ColumnHead>{t('More of it')}</ColumnHead>
          <ColumnHead>{t('Why')}</ColumnHead>
        </>
      }
    >
      {hits.map((hit) => (
        <TableRow key={hit.id}>
          <RowHead>
            <Name hit={hit} />
            {isHex(hit.title) ? <CopyId id={hit.title} /> : null}
          </RowHead>
          <Cell label={kind === 'block' ? t('Chain') : t('Network')}>
            {hit.place || <NoValue reason={t('Of no network in particular')} />}
          </Cell>
          <Cell label={t('More of it')}>
            {hit.detail || (hit.title === hit.id ? '' : <ShortPublicId id={hit.id} copies />)}
          </Cell>
          <Cell label={t('Why')}>{t(reasons[hit.exactness] ?? hit.exactness)}</Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function Name({ hit: { title, path, address } }: { readonly hit: HitRow }) {
  const shown = isHex(title) ? <ShortId id={title} /> : title;
  if (path) return <Link to={path}>{shown}</Link>;
  if (!address) return <>{shown}</>;
  return (
    <a href={address} rel="noreferrer">
      {shown}
      <span aria-hidden="true">↗</span>
    </a>
  );
}

/** The API gives exact ones first: a group stands where its best one does, and groups that are equal in that in a fixed order. */
function toGroups(hits: readonly HitRow[]): readonly (readonly [string, readonly HitRow[]])[] {
  const order = Object.keys(hitKinds);
  const ranks = Object.keys(reasons);
  const groups = new Map<string, HitRow[]>();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  const toRank = (rows: readonly HitRow[]) => ranks.indexOf(rows[0]?.exactness ?? '');
  return [...groups].sort(
    ([one, rows], [other, others]) => toRank(rows) - toRank(others) || order.indexOf(one) - order.indexOf(other),
  );
}
