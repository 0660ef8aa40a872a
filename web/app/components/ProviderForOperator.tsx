import { Rich, useText } from '../i18n/useText.js';
import { useKept } from '../keptMoment.js';
import { withKept } from '../moment.js';
import { type Earned, toEarnedWeeks } from '../toEarnings.js';
import type { LeavingDowntime } from '../toLeavingDowntime.js';
import type { ScoreInput } from '../toScoreInputs.js';
import type { Token } from './Amount.js';
import { EarningsTable } from './EarningsTable.js';
import { ListSection } from './ListSection.js';
import { type MaintenanceRow, MaintenanceTable } from './MaintenanceTable.js';
import type { Capability } from './Missing.js';
import { type PayoutRow, PayoutTable } from './PayoutTable.js';
import { type Improvement, ScoreImprovements } from './ScoreImprovements.js';
import { ScoreRecompute } from './ScoreRecompute.js';
import { type StakeRow, StakeTable } from './StakeTable.js';

export interface ProviderForOperatorProps {
  readonly provider: {
    readonly id: string;
    readonly network: {
      readonly recorded: boolean;
      readonly sendsHeartbeats: boolean;
      readonly workToken: Token | null;
      readonly capabilities: readonly Capability[];
    };
    readonly score: {
      readonly score: string | null;
      readonly methodVersion: number;
      readonly improvements: readonly Improvement[];
    } | null;
    readonly payouts: readonly PayoutRow[];
    readonly stakeChanges: readonly StakeRow[];
    readonly maintenance: readonly MaintenanceRow[];
  };
  readonly earned: readonly Earned[];
  readonly inputs: readonly ScoreInput[];
  readonly downtime: readonly LeavingDowntime[];
}

/** As queries ask for; of notices one less. */
const [LATEST, NOTICES] = [10, 20] as const;

/** What whoever runs a provider asks of its page: what to do, what it earned, what is at stake, how the score came about. */
export function ProviderForOperator({ provider, earned, inputs, downtime }: ProviderForOperatorProps) {
  const t = useText();
  const { score, network, payouts, stakeChanges } = provider;
  const { recorded, capabilities } = network;
  return (
    <>
      <section>
        <h2 id="improve">{t('What would raise it')}</h2>
        {score ? (
          <ScoreImprovements improvements={score.improvements} downtime={downtime} />
        ) : (
          <p className="muted">{t('Not computed yet: it is made as each hour ends.')}</p>
        )}
      </section>
      <Earnings {...{ earned, network }} />
      <ListSection
        title={t('Payouts')}
        count={payouts.length}
        capabilities={capabilities}
        capability="payout"
        files={{ list: 'payouts', where: { provider: provider.id } }}
      >
        <PayoutTable
          caption={
            payouts.length < LATEST
              ? t('All payouts, latest first')
              : t('The latest {count} payouts', { count: LATEST })
          }
          payouts={payouts}
          recorded={recorded}
          withJob
        />
      </ListSection>
      <div id="stake">
        <ListSection
          title={t('Stake changes')}
          count={stakeChanges.length}
          capabilities={capabilities}
          capability="stake"
          files={{ list: 'stakeChanges', where: { provider: provider.id } }}
        >
          <StakeTable
            caption={
              stakeChanges.length < LATEST
                ? t('All stake changes, latest first')
                : t('The latest {count} stake changes', { count: LATEST })
            }
            changes={stakeChanges}
            recorded={recorded}
          />
        </ListSection>
      </div>
      <Maintenance notices={provider.maintenance} networkSends={network.sendsHeartbeats} />
      <section aria-labelledby="recompute">
        <h2 id="recompute">{t('Recompute')}</h2>
        {score?.score ? (
          <ScoreRecompute
            providerId={provider.id}
            score={score.score}
            methodVersion={score.methodVersion}
            inputs={inputs}
          />
        ) : (
          <p className="muted">{t('There is no score to make again.')}</p>
        )}
      </section>
      <section aria-labelledby="raw">
        <h2 id="raw">{t('Raw data')}</h2>
        <p>
          <Rich
            text="{file}: what it says of itself, its reputation, its reliability and its capacity, as the API gives them; texts are as they are stored."
            file={
              <a href={withKept(`/providers/${encodeURIComponent(provider.id)}/raw.json`, useKept())}>
                {t('This provider as JSON')}
              </a>
            }
          />
        </p>
      </section>
    </>
  );
}

function Earnings({
  earned,
  network,
}: Pick<ProviderForOperatorProps, 'earned'> & Pick<ProviderForOperatorProps['provider'], 'network'>) {
  const t = useText();
  const { workToken, capabilities } = network;
  return (
    <div id="earnings">
      <ListSection
        title={t('Earnings')}
        count={workToken ? earned.length : 0}
        capabilities={capabilities}
        capability="payout"
      >
        {workToken ? (
          <div className="side-by-side">
            <EarningsTable
              caption={t('By week, from Monday; of the last quarter')}
              label={t('Earnings by week')}
              from={t('Week of')}
              earned={toEarnedWeeks(earned)}
              token={workToken}
            />
            <EarningsTable
              caption={t('By day, with the newest transactions of each; days without a payout are left out')}
              label={t('Earnings by day')}
              from={t('Day (UTC)')}
              earned={earned}
              token={workToken}
              withTransactions
            />
          </div>
        ) : null}
      </ListSection>
    </div>
  );
}

export function Maintenance({
  notices,
  networkSends,
}: {
  readonly notices: readonly MaintenanceRow[];
  readonly networkSends: boolean;
}) {
  const t = useText();
  return (
    <section aria-labelledby="maintenance">
      <h2 id="maintenance">{t('Maintenance')}</h2>
      {notices.length > 0 ? (
        <MaintenanceTable
          notices={notices.slice(0, NOTICES)}
          caption={
            notices.length > NOTICES
              ? t('The latest {count} notices', { count: NOTICES })
              : t('All notices, what is to come first')
          }
        />
      ) : (
        <p className="muted">
          {networkSends
            ? t(
                'None announced. A signed notice a day ahead takes up to eight hours in thirty days out of the score’s uptime.',
              )
            : t('No node of this network sends heartbeats: there is nothing to announce.')}
        </p>
      )}
    </section>
  );
}
