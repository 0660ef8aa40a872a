import { toSpark } from '../charts/toSpark.js';
import { toDuration } from '../format.js';
import { key } from '../i18n/text.js';
import { Rich, useText } from '../i18n/useText.js';
import type { Earned } from '../toEarnings.js';
import type { LeavingDowntime } from '../toLeavingDowntime.js';
import type { Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { EarningsTable } from './EarningsTable.js';
import type { Flag } from './FlagList.js';
import { FlagList } from './FlagList.js';
import { Link } from './Link.js';
import { type MaintenanceRow, MaintenanceTable } from './MaintenanceTable.js';
import { type Capability, NoValue } from './Missing.js';
import type { NetworkNameProps } from './NetworkName.js';
import { NodeName } from './NodeName.js';
import type { ProviderNameProps } from './ProviderName.js';
import { ProviderName } from './ProviderName.js';
import { partTitles, toPercent, toPoints } from './points.js';
import { ScoreChanges, type ScoreExplanation } from './ScoreChanges.js';
import { type Improvement, ScoreImprovements } from './ScoreImprovements.js';
import { SparkLine } from './SparkLine.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export type OwnProvider = ProviderNameProps['provider'] & {
  readonly isOwned: boolean;
  readonly jobCount: string | null;
  readonly network: NetworkNameProps['network'] & {
    readonly workToken: Token | null;
    readonly capabilities: readonly Capability[];
    readonly sendsHeartbeats: boolean;
  };
  readonly score: {
    readonly at: string;
    readonly score: string | null;
    readonly evidence: string;
    readonly standing: { readonly percentile: number } | null;
    readonly parts: readonly {
      readonly name: string;
      readonly value: string | null;
      readonly pointsLost: string | null;
    }[];
    readonly improvements: readonly Improvement[];
  } | null;
  /** Newest first. */
  readonly scoreHistory: readonly { readonly at: string; readonly score: string | null }[];
  readonly reliability: {
    readonly nodes: number;
    readonly nodesOnline: number | null;
    readonly online: boolean | null;
    readonly uptimeRaw: number | null;
    readonly days: number;
    readonly ofDays: number;
    readonly flags: readonly Flag[];
  } | null;
  readonly maintenance: readonly MaintenanceRow[];
  readonly downtime: readonly LeavingDowntime[];
  /** Null: of so many providers it was not looked up. */
  readonly past: {
    readonly explanation: ScoreExplanation | null;
    readonly outages: readonly { readonly node: string; readonly from: string; readonly minutes: number }[];
    readonly earned: readonly Earned[];
  } | null;
};

/** One of an operator's providers: what is wrong now, what lowered its score, what would raise it, what it earned. */
export function OperatorProvider({ provider }: { readonly provider: OwnProvider }) {
  const t = useText();
  const { score, past, network, maintenance, id } = provider;
  const title = provider.name ?? provider.nativeId;
  return (
    <section aria-labelledby={id} className="own-provider">
      <h2 id={id}>
        <ProviderName provider={provider} />
      </h2>
      <Attention provider={provider} />
      {score?.score ? (
        <>
          <p>
            <strong className="score" title={score.score}>
              {toPoints(score.score)}
            </strong>{' '}
            {t('of 100 points')} <Trend scores={provider.scoreHistory} subject={title} />
          </p>
          <LostTable parts={score.parts} subject={title} />
        </>
      ) : (
        <p className="muted">{t('No score yet: it is made as each hour ends, of what a provider has done.')}</p>
      )}
      {past?.explanation ? <ScoreChanges explanation={past.explanation} id={`${id}-changes`} subject={title} /> : null}
      {past === null ? (
        <p className="muted">
          <Rich
            text="Why it moved, and what it earned, is on {page}."
            page={<Link to={`/providers/${encodeURIComponent(id)}#score`}>{t('its own page')}</Link>}
          />
        </p>
      ) : null}
      {score?.score ? (
        <>
          <h3>{t('What would raise it')}</h3>
          <ScoreImprovements improvements={score.improvements} downtime={provider.downtime} subject={title} />
        </>
      ) : null}
      <h3>{t('Maintenance')}</h3>
      {maintenance.length > 0 ? (
        <MaintenanceTable
          notices={maintenance}
          caption={t('The latest notices, what is to come first')}
          subject={title}
        />
      ) : (
        <p className="muted">
          {network.sendsHeartbeats
            ? t('None announced.')
            : t('No node of this network sends heartbeats: there is nothing to announce.')}
        </p>
      )}
      {past && network.workToken && past.earned.length > 0 ? (
        <>
          <h3>{t('Earnings')}</h3>
          <EarningsTable
            caption={t('Days of the last month with a payout, the newest first')}
            label={`${t('Earnings by day')} ${title}`}
            from={t('Day (UTC)')}
            earned={past.earned}
            token={network.workToken}
          />
        </>
      ) : null}
    </section>
  );
}

/** What an alert would be about: said first, or that there is nothing. */
function Attention({ provider: { reliability, past, downtime, score } }: { readonly provider: OwnProvider }) {
  const t = useText();
  const silent = reliability?.nodesOnline == null ? 0 : reliability.nodes - reliability.nodesOnline;
  const today = downtime.find(({ date }) => date === score?.at.slice(0, 10));
  const outages = past?.outages ?? [];
  const flags = reliability?.flags ?? [];
  if (silent === 0 && !today && outages.length === 0 && flags.length === 0) {
    return reliability ? (
      <p className="muted">{t('Nothing needs you now: no machine is silent, and nothing odd is seen.')}</p>
    ) : null;
  }
  return (
    <div className="notice notice-warning attention">
      <p>
        <strong>{t('Needs you now')}</strong>
      </p>
      <ul className="plain">
        {silent > 0 ? <li>{t.count(silent, '{n} machine is silent', '{n} machines are silent')}</li> : null}
        {today ? <li>{t.count(today.minutes, '{n} minute down today', '{n} minutes down today')}</li> : null}
        {outages.map(({ node, from, minutes }) => (
          <li key={`${node} ${from}`}>
            <Rich
              text="{node} is down since {from} UTC, {duration} so far"
              node={<NodeName id={node} />}
              from={from.slice(0, 16).replace('T', ' ')}
              duration={toDuration(minutes * 60)}
            />
          </li>
        ))}
      </ul>
      <FlagList flags={flags} />
    </div>
  );
}

const DAY_SECONDS = 86_400;

function Trend({ scores, subject }: { readonly scores: OwnProvider['scoreHistory']; readonly subject: string }) {
  const t = useText();
  const points = scores
    .toReversed()
    .map(({ at, score }) => ({ from: at, value: score, low: null, high: null, inProgress: false }));
  const spark = toSpark(points, { step: DAY_SECONDS, fromZero: false });
  if (!spark) return null;
  const label = t('Reputation of {subject} over the last month, between {from} and {to} points', {
    subject,
    from: toPoints(String(spark.from)),
    to: toPoints(String(spark.to)),
  });
  return (
    <span className="own-trend">
      <SparkLine spark={spark} label={label} />
    </span>
  );
}

const causes: Readonly<Record<string, string>> = {
  availability: key('Minutes down, and how little of the time is known'),
  jobSuccess: key('Tasks that failed, and how few were judged'),
  promise: key('Tasks past their deadline, and how few had one'),
  integrity: key('Slashes, lost disputes, odd heartbeats, and how little speaks against them'),
};

/** What it lost where, the most first. */
function LostTable({
  parts,
  subject,
}: {
  readonly parts: NonNullable<OwnProvider['score']>['parts'];
  readonly subject: string;
}) {
  const t = useText();
  const ordered = parts.toSorted((one, other) => Number(other.pointsLost ?? -1) - Number(one.pointsLost ?? -1));
  return (
    <DataTable
      caption={t('What it lost to 100, the most first')}
      label={`${t('Points lost')} ${subject}`}
      className="lost"
      head={
        <>
          <ColumnHead>{t('Part')}</ColumnHead>
          <ColumnHead>{t('Through')}</ColumnHead>
          <ColumnHead className="number">{t('At least')}</ColumnHead>
          <ColumnHead className="number">{t('Costs')}</ColumnHead>
        </>
      }
    >
      {ordered.map(({ name, value, pointsLost }) => (
        <TableRow key={name}>
          <RowHead>{t(partTitles[name] ?? '') || name}</RowHead>
          <Cell label={t('Through')}>{t(causes[name] ?? '')}</Cell>
          <Cell label={t('At least')} className="number">
            {value === null ? <NoValue reason={t('Not recorded by this network')} /> : toPercent(value)}
          </Cell>
          <Cell label={t('Costs')} className="number">
            {pointsLost === null ? null : (
              <span title={pointsLost}>{t('{points} points', { points: toPoints(pointsLost) })}</span>
            )}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
