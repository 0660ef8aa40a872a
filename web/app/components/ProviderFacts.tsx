import { toClean, toCount, toOutcome, toTerm } from '../format.js';
import { Amount, type Token } from './Amount.js';
import { CleanedMark } from './CleanedMark.js';
import { type Fact, Facts } from './Facts.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { Price } from './Price.js';
import { PriceInUsd, type UsdPrice } from './PriceTable.js';
import type { ListNetwork, ProviderRow } from './ProviderTable.js';
import { Uri, type UriProps } from './Uri.js';
import { When } from './When.js';

export interface ProviderFactsProps {
  readonly provider: Omit<ProviderRow, 'network' | 'latestPrice'> & {
    readonly latestPrice: UsdPrice | null;
    readonly owner: string | null;
    readonly uri: UriProps | null;
    readonly createdAt: string;
    readonly createdHeight: string;
    readonly terms: readonly { readonly name: string; readonly value: string }[];
    readonly stakeRewarded: string | null;
    readonly stakeSlashed: string | null;
    readonly network: ListNetwork & { readonly protocol: string; readonly chain: { readonly name: string } };
    readonly payouts: readonly { readonly height: string }[];
    readonly stakeChanges: readonly { readonly height: string }[];
  };
}

/** Who it is, what it asks, what it did, what it has at stake. */
export function ProviderFacts({ provider }: ProviderFactsProps) {
  const terms = provider.terms.map(toTerm);
  return (
    <div className="fact-groups">
      <section>
        <h2>Identity</h2>
        <Facts facts={toIdentity(provider)} />
      </section>
      <section>
        <h2>Work</h2>
        <Facts facts={toWork(provider)} />
      </section>
      <section>
        <h2>Stake</h2>
        <Facts facts={toStake(provider)} />
      </section>
      {terms.length > 0 ? (
        <section>
          <h2>Terms</h2>
          <Facts facts={terms} />
        </section>
      ) : null}
    </div>
  );
}

type Provider = ProviderFactsProps['provider'];

function toIdentity(provider: Provider): readonly Fact[] {
  const { network, owner, uri } = provider;
  const createdHeight = network.recorded ? provider.createdHeight : undefined;
  return [
    { name: 'Network', value: <NetworkName network={network} /> },
    { name: 'Chain', value: toClean(network.chain.name, 40) },
    { name: 'Owner', value: owner ? <code className="wrap">{owner}</code> : <NoValue reason="No owner named" /> },
    ...(uri ? [{ name: 'Address', value: toAddress(uri, provider.altered) }] : []),
    { name: 'First seen', value: <When at={provider.createdAt} recordedHeight={createdHeight} /> },
    {
      name: 'Last active',
      value: (
        <When at={provider.lastActiveAt} recordedHeight={network.recorded ? provider.lastActiveHeight : undefined} />
      ),
    },
  ];
}

function toAddress(uri: UriProps, altered: Provider['altered']) {
  return (
    <>
      <Uri {...uri} /> <CleanedMark attribute="uri" altered={altered} />
    </>
  );
}

function toWork(provider: Provider): readonly Fact[] {
  const { capabilities, workToken } = provider.network;
  const { jobCount, tasksCompleted, tasksFailed, latestPrice, paid } = provider;
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  return [
    {
      name: 'Own price',
      value: latestPrice ? <Price price={latestPrice} /> : missing('price'),
      title:
        "The provider's own price per unit in its latest job, else what it asked for last; a job's price also holds what others are paid",
    },
    ...(latestPrice
      ? [{ name: 'In USD', value: <PriceInUsd price={latestPrice} />, title: 'When it was agreed' }]
      : []),
    { name: 'Jobs', value: jobCount === null ? missing('jobs') : toCount(jobCount) },
    {
      name: 'Tasks completed',
      value: toOutcome(tasksCompleted, tasksFailed) ?? missing('jobs'),
      title: 'Of all tasks that ended, completed or failed',
    },
    {
      name: 'Paid',
      value: paid === null || !workToken ? missing('payout') : <Amount baseUnits={paid} token={workToken} />,
      title: 'Tokens received for work, all time',
    },
  ];
}

function toStake(provider: Provider): readonly Fact[] {
  const { capabilities, stakeToken } = provider.network;
  const amount = (value: string | null, token: Token | null) =>
    value === null || !token ? (
      <Missing capabilities={capabilities} capability="stake" />
    ) : (
      <Amount baseUnits={value} token={token} />
    );
  return [
    { name: 'Locked now', value: amount(provider.stake, stakeToken), title: 'What is locked at this moment' },
    { name: 'Rewarded', value: amount(provider.stakeRewarded, stakeToken), title: 'Added as a reward, all time' },
    { name: 'Slashed', value: amount(provider.stakeSlashed, stakeToken), title: 'Taken as a penalty, all time' },
  ];
}
