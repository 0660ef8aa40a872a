import { toClean, toCount } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
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
  const t = useText();
  const count = chains.reduce((sum, chain) => sum + chain.anomalyCount, 0);
  return (
    <section className="conservation" aria-labelledby="anomalies">
      <h2 id="anomalies">{t('Anomalies')}</h2>
      <p className="muted">
        {t(
          'Amounts are held against each other as they are read: what is spent against what is paid, and balances that a log states against the changes before it.',
        )}
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
  const t = useText();
  const upTo =
    checkedNumber === null
      ? t('not checked yet')
      : t('checked up to block {number}', { number: toCount(checkedNumber) });
  if (anomalyCount > 0) {
    const found = t.count(anomalyCount, '{n} anomaly', '{n} anomalies');
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
          <span aria-hidden="true">✓</span> {t('nothing odd')}
        </span>
      )}{' '}
      <span className="muted">{upTo}</span>
    </span>
  );
}

/** In the order in which they are shown; a rule not in the list is left out. */
const rules: readonly { readonly name: string; readonly title: string; readonly meaning: string }[] = [
  {
    name: 'spending',
    title: key('Spending is pay'),
    meaning: key('What leaves an escrow is what is paid, fees included.'),
  },
  {
    name: 'escrow',
    title: key('Escrow is covered'),
    meaning: key('Nobody spends or takes back more than was paid in.'),
  },
  {
    name: 'closedJob',
    title: key('Closed jobs rest'),
    meaning: key('After the end of a job its money moves no more.'),
  },
  {
    name: 'stake',
    title: key('Stake is covered'),
    meaning: key('Nobody unlocks or loses more stake than was put down.'),
  },
  { name: 'statedEscrow', title: key('Balances agree'), meaning: key('A stated balance is what its changes come to.') },
  { name: 'statedStake', title: key('Bonds agree'), meaning: key('A stated bond is what its changes come to.') },
];

function Rules({ network }: { readonly network: ConservedNetwork }) {
  const t = useText();
  const facts = rules.flatMap(({ name, title, meaning }) => {
    const rule = network.conservation.find((one) => one.name === name);
    if (!rule) return [];
    const reason = toClean(rule.reason ?? '', 240);
    return [{ name: t(title), value: rule.applies ? t(meaning) : <NotHeld reason={reason} /> }];
  });
  if (facts.length === 0) return null;
  const held = network.conservation.filter(({ applies }) => applies).length;
  return (
    <details className="events">
      <summary>
        {t('{network}: held against {held} of {n} rules', {
          network: toClean(network.title, 80),
          ...{ held: toCount(held), n: toCount(facts.length) },
        })}
      </summary>
      <Facts facts={facts} />
    </details>
  );
}

function NotHeld({ reason }: { readonly reason: string }) {
  const t = useText();
  return (
    <span className="muted">
      {t('Does not apply.')} {reason}
    </span>
  );
}
