import { toClean, toCount, toShare, toSize } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { wrongAnswers } from '../toFaults.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface EndpointRow {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly requests: string;
  readonly calls: string;
  readonly bytes: string;
  readonly failures: string;
  readonly faults: string;
  readonly faultReason: string | null;
  readonly faultDetail: string | null;
  readonly faultAt: string | null;
  readonly latencyMs: number | null;
  readonly rateLimit: number | null;
  readonly headNumber: string | null;
  readonly setAsideUntil: string | null;
}

/** How each RPC endpoint of a chain does since its indexer started. */
export function EndpointTable({
  chain,
  endpoints,
}: {
  readonly chain: string;
  readonly endpoints: readonly EndpointRow[];
}) {
  const t = useText();
  return (
    <DataTable
      caption={t('Endpoints, since the indexer started')}
      label={t('Endpoints of {chain}', { chain })}
      head={
        <>
          <ColumnHead>{t('Endpoint')}</ColumnHead>
          <ColumnHead>{t('State')}</ColumnHead>
          <ColumnHead className="number" title={t('Newest block it named')}>
            {t('Head')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Moving average of the time to an answer')}>
            {t('Latency')}
          </ColumnHead>
          <ColumnHead className="number" title={t('HTTP requests, and the calls in them')}>
            {t('Requests')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Size of its answers')}>
            {t('Received')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Requests that came to no answer')}>
            {t('Unanswered')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Answers that were found wrong')}>
            {t('Wrong')}
          </ColumnHead>
        </>
      }
    >
      {endpoints.map((endpoint) => (
        <Row key={endpoint.name} endpoint={endpoint} />
      ))}
    </DataTable>
  );
}

function Row({ endpoint }: { readonly endpoint: EndpointRow }) {
  const t = useText();
  const { name, role, headNumber, latencyMs, rateLimit, requests, calls, bytes, failures, faults } = endpoint;
  return (
    <TableRow>
      <RowHead>
        <span className="endpoint-name">{toClean(name, 80)}</span>
        {role === 'any' ? null : <span className="muted"> · {toClean(role, 12)}</span>}
      </RowHead>
      <Cell label={t('State')} className="state">
        <State endpoint={endpoint} />
      </Cell>
      <Cell label={t('Head')} className="number">
        {headNumber === null ? <NoValue reason={t('Not known')} /> : toCount(headNumber)}
      </Cell>
      <Cell label={t('Latency')} className="number">
        {latencyMs === null ? <NoValue reason={t('Not known')} /> : `${toCount(latencyMs)} ms`}
      </Cell>
      <Cell label={t('Requests')} className="number">
        <span className="stacked">
          <span>{toCount(requests)}</span>{' '}
          <span className="age">
            {t.count(calls, '{n} call', '{n} calls')}
            {rateLimit === null ? '' : `, ${t('up to {n}/s', { n: toCount(rateLimit) })}`}
          </span>
        </span>
      </Cell>
      <Cell label={t('Received')} className="number">
        {toSize(bytes)}
      </Cell>
      <Cell label={t('Unanswered')} className="number">
        <span className="stacked">
          <span>{toCount(failures)}</span>{' '}
          {failures === '0' ? null : <span className="age">{toShare(Number(failures) / Number(requests))}</span>}
        </span>
      </Cell>
      <Cell label={t('Wrong')} className="number">
        <span className={faults === '0' ? undefined : 'bad'}>{toCount(faults)}</span>
      </Cell>
    </TableRow>
  );
}

const states: Readonly<Record<string, { readonly label: string; readonly tone: string; readonly sign: string }>> = {
  usable: { label: key('Usable'), tone: 'good', sign: '✓' },
  resting: { label: key('Resting'), tone: 'mixed', sign: '◔' },
  setAside: { label: key('Set aside'), tone: 'bad', sign: '!' },
};

function State({ endpoint }: { readonly endpoint: EndpointRow }) {
  const t = useText();
  const { label, tone, sign } = states[endpoint.state] ?? { label: endpoint.state, tone: 'quiet', sign: '?' };
  return (
    <>
      <span className={`badge badge-${tone}`}>
        <span aria-hidden="true">{sign}</span> {t(label)}
      </span>
      {endpoint.faultReason === null ? null : (
        <p className="muted" title={endpoint.faultDetail ? toClean(endpoint.faultDetail, 400) : undefined}>
          {t('Last time, {reason}', {
            reason: t(wrongAnswers[endpoint.faultReason] ?? toClean(endpoint.faultReason, 40)),
          })}
          {endpoint.faultAt === null ? null : (
            <>
              {' '}
              · <When at={endpoint.faultAt} />
            </>
          )}
        </p>
      )}
    </>
  );
}
