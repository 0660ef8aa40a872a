import { toClean, toCount, toOutcome } from '../format.js';
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
  const query = `?network=${encodeURIComponent(network.id)}`;
  const title = toClean(network.title, 80);
  return (
    <article className="tile">
      <header>
        <h2>
          {title} {network.recorded ? <RecordedBadge notice={network.notice} /> : null}
        </h2>
        <p className="muted">
          Protocol {toClean(network.protocol, 40)}, chain {toClean(network.chain.name, 40)}
        </p>
      </header>
      <NetworkNotice network={network} />
      <p>{network.summary}</p>
      <Facts facts={toFacts(network)} className="facts-grid" />
      <MissingReasons capabilities={network.capabilities} />
      <p className="tile-links">
        <Link to={`/providers${query}`}>
          Providers <span className="visually-hidden">of {title}</span>→
        </Link>
        {isRecorded(network.capabilities, 'jobs') ? (
          <Link to={`/jobs${query}`}>
            Jobs <span className="visually-hidden">of {title}</span>→
          </Link>
        ) : null}
        {network.sendsHeartbeats ? (
          <Link to={`/networks/${encodeURIComponent(network.id)}`}>
            Reliability <span className="visually-hidden">of {title}</span>→
          </Link>
        ) : (
          <span className="muted">No heartbeats: its nodes do not send any</span>
        )}
      </p>
    </article>
  );
}

function toFacts(network: NetworkTileProps['network']): readonly Fact[] {
  const { capabilities, workToken, stakeToken } = network;
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  const count = (value: string | null, capability: string) => (value === null ? missing(capability) : toCount(value));
  const amount = (value: string | null, token: Token | null, capability: string) =>
    value === null || !token ? missing(capability) : <Amount baseUnits={value} token={token} />;
  const { tasksCompleted, tasksFailed } = network;
  const tasks = isRecorded(capabilities, 'jobs')
    ? (toOutcome(tasksCompleted, tasksFailed) ?? <NoValue reason="No task has ended yet" />)
    : missing('jobs');
  return [
    { name: 'Providers', value: toCount(network.providerCount) },
    { name: 'Nodes', value: count(network.nodeCount, 'nodes'), title: 'Machines seen working for a provider' },
    { name: 'Jobs', value: count(network.jobCount, 'jobs'), title: 'Paid agreements' },
    { name: 'Tasks completed', value: tasks, title: 'Of all tasks that ended, completed or failed' },
    {
      name: 'Locked now',
      value: amount(network.stake, stakeToken, 'stake'),
      title: 'Stake: what is locked by or for providers at this moment',
    },
    { name: 'Paid', value: amount(network.paid, workToken, 'payout'), title: 'Tokens moved for work, all time' },
  ];
}

function MissingReasons({ capabilities }: { readonly capabilities: readonly Capability[] }) {
  const missing = capabilities.filter((capability) => !capability.recorded);
  if (missing.length === 0) return null;
  return (
    <div className="missing-reasons">
      <p>Not recorded by this protocol:</p>
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

function isRecorded(capabilities: readonly Capability[], name: string): boolean {
  return capabilities.find((capability) => capability.name === name)?.recorded ?? true;
}
