import { toCount, toCounted, toDuration, toShare, toUptime } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface UptimeWindow {
  readonly days: number;
  readonly known: string;
  readonly expected: string;
  readonly coverage: number | null;
  readonly uptime: number | null;
  readonly lower: string | null;
  readonly effectiveN: string | null;
  readonly failures: number;
  readonly repairs: number;
  readonly mtbfSeconds: number | null;
  readonly mtbfLowerSeconds: number | null;
  readonly mtbfUpperSeconds: number | null;
  readonly mttrSeconds: number | null;
  readonly mttrExposureSeconds: number | null;
  readonly longestOutageSeconds: number;
}

/** Uptime and outages of the last days, each with how sure it is. */
export function UptimeWindows({ windows }: { readonly windows: readonly UptimeWindow[] }) {
  return (
    <DataTable
      caption="The last days up to the last hour that is settled. Bounds hold with 95 % confidence; times are of its machines together"
      label="Windows of reliability"
      className="windows"
      head={
        <>
          <ColumnHead>Last</ColumnHead>
          <ColumnHead className="number">Uptime</ColumnHead>
          <ColumnHead className="number" title="Wilson’s bound at the number of independent minutes">
            At least
          </ColumnHead>
          <ColumnHead className="number" title="Up time for each outage that began">
            Between failures
          </ColumnHead>
          <ColumnHead className="number" title="Of outages that ended">
            To repair
          </ColumnHead>
          <ColumnHead className="number">Longest outage</ColumnHead>
        </>
      }
    >
      {windows.map((window) => (
        <Row key={window.days} window={window} />
      ))}
    </DataTable>
  );
}

function Row({ window }: { readonly window: UptimeWindow }) {
  const { days, uptime, lower, effectiveN, coverage, failures, repairs, mttrSeconds, mttrExposureSeconds } = window;
  return (
    <TableRow>
      <RowHead>
        {days === 1 ? '24 h' : `${days} days`}{' '}
        {coverage !== null && coverage < 1 ? <span className="age">{toShare(coverage)} seen</span> : null}
      </RowHead>
      <Cell label="Uptime" className="number">
        {uptime === null ? <NoValue reason="Nothing is known" /> : toUptime(uptime)}
      </Cell>
      <Cell label="At least" className="number">
        {lower === null ? (
          <NoValue reason="Nothing is known" />
        ) : (
          <span title={effectiveN === null ? undefined : `As sure as ${effectiveN} independent minutes`}>
            {toUptime(Number(lower))}
          </span>
        )}
      </Cell>
      <Cell label="Between failures" className="number">
        <Between window={window} />
      </Cell>
      <Cell label="To repair" className="number">
        {mttrSeconds === null ? (
          <NoValue reason="No outage ended" />
        ) : (
          <span
            title={
              mttrExposureSeconds === null
                ? undefined
                : `With outages that last still: ${toTime(mttrExposureSeconds, Math.round)}`
            }
          >
            {toTime(mttrSeconds, Math.round)} <span className="age">of {toCounted(repairs, 'repair')}</span>
          </span>
        )}
      </Cell>
      <Cell label="Longest outage" className="number">
        {failures === 0 && window.longestOutageSeconds === 0 ? 'none' : toDuration(window.longestOutageSeconds)}
      </Cell>
    </TableRow>
  );
}

/** A mean with its bounds; without a failure there is a bound alone. */
function Between({ window }: { readonly window: UptimeWindow }) {
  const { failures, mtbfSeconds, mtbfLowerSeconds, mtbfUpperSeconds } = window;
  if (mtbfSeconds === null) {
    if (mtbfLowerSeconds === null) return <NoValue reason="It was never up" />;
    return <span title="No failure: the bound is from one side">more than {toTime(mtbfLowerSeconds, Math.floor)}</span>;
  }
  return (
    <span title={`Of ${toCount(failures)} outages that began`}>
      {toTime(mtbfSeconds, Math.round)}{' '}
      {mtbfLowerSeconds !== null && mtbfUpperSeconds !== null ? (
        <span className="age">
          {toTime(mtbfLowerSeconds, Math.floor)} to {toTime(mtbfUpperSeconds, Math.ceil)}
        </span>
      ) : null}
    </span>
  );
}

/** In the largest unit of which there are two, to a tenth: bounds that are near each other do not look the same. */
function toTime(seconds: number, round: (tenths: number) => number): string {
  const [name, unit] = seconds >= 172_800 ? ['d', 86_400] : seconds >= 7_200 ? ['h', 3_600] : (['min', 60] as const);
  const tenths = round((seconds * 10) / unit);
  return `${toCount(Math.floor(tenths / 10))}${tenths % 10 === 0 ? '' : `.${tenths % 10}`} ${name}`;
}
