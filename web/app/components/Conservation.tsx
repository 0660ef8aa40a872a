import { toClean, toCount, toCounted } from '../format.js';
import { type AnomalyRow, AnomalyTable } from './AnomalyTable.js';
import { Facts } from './Facts.js';

export interface CheckedChain {
  readonly id: string;
  readonly name: string;
  readonly checkedNumber: string | null;
  readonly anomalyCount: number;
}

export interface ConservedNetwork {
  readonly id: string;
  readonly title: string;
  readonly conservation: readonly {
    readonly name: string;
    readonly applies: boolean;
    readonly reason: string | null;
  }[];
}

export interface ConservationProps {
  readonly chains: readonly CheckedChain[];
  /** The newest first. */
  readonly anomalies: readonly AnomalyRow[];
  readonly networks: readonly ConservedNetwork[];
}

/** Whether the amounts add up, what does not, and what nobody can tell, with the reason. */
export function Conservation({ chains, anomalies, networks }: ConservationProps) {
  const count = chains.reduce((sum, chain) => sum + chain.anomalyCount, 0);
  return (
    <section className="conservation">
      <h2>Anomalies</h2>
      <p className="muted">
        Amounts are held against each other as they are read: what is spent against what is paid, and balances that a
        log states against the changes before it.
      </p>
      <Facts facts={chains.map((chain) => ({ name: toClean(chain.name, 40), value: <Checked chain={chain} /> }))} />
      {anomalies.length > 0 ? <AnomalyTable count={count} anomalies={anomalies} /> : null}
      {networks.map((network) => (
        <Rules key={network.id} network={network} />
      ))}
    </section>
  );
}

function Checked({ chain: { checkedNumber, anomalyCount } }: { readonly chain: CheckedChain }) {
  const upTo = checkedNumber === null ? 'not checked yet' : `checked up to block ${toCount(checkedNumber)}`;
  if (anomalyCount > 0) {
    const found = `${toCount(anomalyCount)} ${anomalyCount === 1 ? 'anomaly' : 'anomalies'}`;
    return (
      <span className="chips">
        <span className="badge badge-bad">
          <span aria-hidden="true">!</span> {found}
        </span>{' '}
        <span className="muted">{upTo}</span>
      </span>
    );
  }
  return (
    <span className="chips">
      {checkedNumber === null ? null : (
        <span className="badge badge-good">
          <span aria-hidden="true">✓</span> nothing odd
        </span>
      )}{' '}
      <span className="muted">{upTo}</span>
    </span>
  );
}

/** In the order in which they are shown; a rule not in the list is left out. */
const rules: readonly { readonly name: string; readonly title: string; readonly meaning: string }[] = [
  { name: 'spending', title: 'Spending is pay', meaning: 'What leaves an escrow is what is paid, fees included.' },
  { name: 'escrow', title: 'Escrow is covered', meaning: 'Nobody spends or takes back more than was paid in.' },
  { name: 'closedJob', title: 'Closed jobs rest', meaning: 'After the end of a job its money moves no more.' },
  { name: 'stake', title: 'Stake is covered', meaning: 'Nobody unlocks or loses more stake than was put down.' },
  { name: 'statedEscrow', title: 'Balances agree', meaning: 'A stated balance is what its changes come to.' },
  { name: 'statedStake', title: 'Bonds agree', meaning: 'A stated bond is what its changes come to.' },
];

function Rules({ network }: { readonly network: ConservedNetwork }) {
  const facts = rules.flatMap(({ name, title, meaning }) => {
    const rule = network.conservation.find((one) => one.name === name);
    if (!rule) return [];
    const reason = toClean(rule.reason ?? '', 240);
    return [{ name: title, value: rule.applies ? meaning : <NotHeld reason={reason} /> }];
  });
  if (facts.length === 0) return null;
  const held = network.conservation.filter(({ applies }) => applies).length;
  return (
    <details className="events">
      <summary>
        {toClean(network.title, 80)}: held against {toCounted(held, 'rule')} of {toCount(facts.length)}
      </summary>
      <Facts facts={facts} />
    </details>
  );
}

function NotHeld({ reason }: { readonly reason: string }) {
  return <span className="muted">Does not apply. {reason}</span>;
}
