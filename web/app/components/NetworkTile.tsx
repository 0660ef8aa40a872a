import { toClean, toCount, toOutcome } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { Amount, type Token } from './Amount.js';
import { type Fact, Facts } from './Facts.js';
import { Link } from './Link.js';
import { type Capability, Missing, NoValue } from './Missing.js';
import { NetworkNotice } from './NetworkNotice.js';
import { RecordedBadge } from './RecordedBadge.js';

export interface NetworkTileProps {
  readonly network: {
    readonly id: string;
    readonly title: string;
    readonly protocol: string;
    readonly summary: string;
    readonly recorded: boolean;
    readonly notice: string | null;
    readonly capabilities: readonly Capability[];
    readonly workToken: Token | null;
    readonly stakeToken: Token | null;
    readonly providerCount: string;
    readonly nodeCount: string | null;
    readonly jobCount: string | null;
    readonly tasksCompleted: string | null;
    readonly tasksFailed: string | null;
    readonly stake: string | null;
    readonly paid: string | null;
    readonly sendsHeartbeats: boolean;
    readonly chain: { readonly name: string };
  };
}

export function NetworkTile({ network }: NetworkTileProps) {
  const t = useText();
  const query = `?network=${encodeURIComponent(network.id)}`;
  const title = toClean(network.title, 80);
  return (
    <article className="tile">
      <header>
        <h3>
          <Link to={`/networks/${encodeURIComponent(network.id)}`}>{title}</Link>{' '}
          {network.recorded ? <RecordedBadge notice={network.notice} /> : null}
        </h3>
        <p className="muted">
          {t('Protocol {protocol}, chain {chain}', {
            protocol: toClean(network.protocol, 40),
            chain: toClean(network.chain.name, 40),
          })}
        </p>
      </header>
      <NetworkNotice network={network} />
      <p>{network.summary}</p>
      <Facts facts={toFacts(network, t)} className="facts-grid" />
      <MissingReasons capabilities={network.capabilities} />
      <p className="tile-links">
        <Link to={`/providers${query}`}>
          {t('Providers')} <span className="visually-hidden">{t('of {network}', { network: title })}</span>→
        </Link>
        {isRecorded(network.capabilities, 'jobs') ? (
          <Link to={`/jobs${query}`}>
            {t('Jobs')} <span className="visually-hidden">{t('of {network}', { network: title })}</span>→
          </Link>
        ) : null}
        {network.sendsHeartbeats ? (
          <Link to={`/networks/${encodeURIComponent(network.id)}#reliability`}>
            {t('Reliability')} <span className="visually-hidden">{t('of {network}', { network: title })}</span>→
          </Link>
        ) : (
          <span className="muted">{t('No heartbeats: its nodes do not send any')}</span>
        )}
      </p>
    </article>
  );
}

export function toFacts(
  network: Omit<NetworkTileProps['network'], 'chain' | 'sendsHeartbeats' | 'summary'>,
  t: Translate,
): readonly Fact[] {
  const { capabilities, workToken, stakeToken } = network;
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  const count = (value: string | null, capability: string) => (value === null ? missing(capability) : toCount(value));
  const amount = (value: string | null, token: Token | null, capability: string) =>
    value === null || !token ? missing(capability) : <Amount baseUnits={value} token={token} />;
  const { tasksCompleted, tasksFailed } = network;
  const tasks = isRecorded(capabilities, 'jobs')
    ? (toOutcome(tasksCompleted, tasksFailed) ?? <NoValue reason={t('No task has ended yet')} />)
    : missing('jobs');
  return [
    { name: t('Providers'), value: toCount(network.providerCount) },
    { name: t('Nodes'), value: count(network.nodeCount, 'nodes'), title: t('Machines seen working for a provider') },
    { name: t('Jobs'), value: count(network.jobCount, 'jobs'), title: t('Paid agreements') },
    { name: t('Tasks completed'), value: tasks, title: t('Of all tasks that ended, completed or failed') },
    {
      name: t('Locked now'),
      value: amount(network.stake, stakeToken, 'stake'),
      title: t('Stake: what is locked by or for providers at this moment'),
    },
    { name: t('Paid'), value: amount(network.paid, workToken, 'payout'), title: t('Tokens moved for work, all time') },
  ];
}

function MissingReasons({ capabilities }: { readonly capabilities: readonly Capability[] }) {
  const t = useText();
  const missing = capabilities.filter((capability) => !capability.recorded);
  if (missing.length === 0) return null;
  return (
    <div className="missing-reasons">
      <p>{t('Not recorded by this protocol:')}</p>
      <ul>
        {missing.map((capability) => (
          <li key={capability.name}>
            <strong>{toClean(capability.name, 24)}</strong>
            {capability.reason ? `: ${toClean(capability.reason, 240)}` : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function isRecorded(capabilities: readonly Capability[], name: string): boolean {
  return capabilities.find((capability) => capability.name === name)?.recorded ?? true;
}
