import { toClean, toCount, toCounted, toSize } from '../format.js';
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
  return (
    <DataTable
      caption="Endpoints, since the indexer started"
      label={`Endpoints of ${chain}`}
      head={
        <>
          <ColumnHead>Endpoint</ColumnHead>
          <ColumnHead>State</ColumnHead>
          <ColumnHead className="number" title="Newest block it named">
            Head
          </ColumnHead>
          <ColumnHead className="number" title="Moving average of the time to an answer">
            Latency
          </ColumnHead>
          <ColumnHead className="number" title="HTTP requests, and the calls in them">
            Requests
          </ColumnHead>
          <ColumnHead className="number" title="Size of its answers">
            Received
          </ColumnHead>
          <ColumnHead className="number" title="Requests that came to no answer">
            Failed
          </ColumnHead>
          <ColumnHead className="number" title="Answers that were found wrong">
            Wrong
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
  const { name, role, headNumber, latencyMs, rateLimit, requests, calls, bytes, failures, faults } = endpoint;
  return (
    <TableRow>
      <RowHead>
        <span className="endpoint-name">{toClean(name, 80)}</span>
        {role === 'any' ? null : <span className="muted"> · {toClean(role, 12)}</span>}
      </RowHead>
      <Cell label="State" className="state">
        <State endpoint={endpoint} />
      </Cell>
      <Cell label="Head" className="number">
        {headNumber === null ? <NoValue reason="Not known" /> : toCount(headNumber)}
      </Cell>
      <Cell label="Latency" className="number">
        {latencyMs === null ? <NoValue reason="Not known" /> : `${toCount(latencyMs)} ms`}
      </Cell>
      <Cell label="Requests" className="number">
        <span className="stacked">
          <span>{toCount(requests)}</span>{' '}
          <span className="age">
            {toCounted(calls, 'call')}
            {rateLimit === null ? '' : `, up to ${toCount(rateLimit)}/s`}
          </span>
        </span>
      </Cell>
      <Cell label="Received" className="number">
        {toSize(bytes)}
      </Cell>
      <Cell label="Failed" className="number">
        {toCount(failures)}
      </Cell>
      <Cell label="Wrong" className="number">
        <span className={faults === '0' ? undefined : 'bad'}>{toCount(faults)}</span>
      </Cell>
    </TableRow>
  );
}

const states: Readonly<Record<string, { readonly label: string; readonly tone: string; readonly sign: string }>> = {
  usable: { label: 'Usable', tone: 'good', sign: '✓' },
  resting: { label: 'Resting', tone: 'mixed', sign: '◔' },
  setAside: { label: 'Set aside', tone: 'bad', sign: '!' },
};

function State({ endpoint }: { readonly endpoint: EndpointRow }) {
  const { label, tone, sign } = states[endpoint.state] ?? { label: endpoint.state, tone: 'quiet', sign: '?' };
  return (
    <>
      <span className={`badge badge-${tone}`}>
        <span aria-hidden="true">{sign}</span> {label}
      </span>
      {endpoint.faultReason === null ? null : (
        <p className="muted" title={endpoint.faultDetail ? toClean(endpoint.faultDetail, 400) : undefined}>
          Last wrong: {toClean(endpoint.faultReason, 40)}
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
