import { toClean, toCount, toOutcome } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { Amount, type Token } from './Amount.js';
import { CleanedMark } from './CleanedMark.js';
import { type Fact, Facts, toTermFact } from './Facts.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { Price } from './Price.js';
import { PriceInUsd, type UsdPrice } from './PriceTable.js';
import type { ListNetwork, ProviderRow } from './ProviderTable.js';
import { WholeId } from './ShortId.js';
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
  const t = useText();
  const terms = provider.terms.map(toTermFact);
  return (
    <div className="fact-groups">
      <section>
        <h2>{t('Identity')}</h2>
        <Facts facts={toIdentity(t, provider)} />
      </section>
      <section>
        <h2>{t('Work')}</h2>
        <Facts facts={toWork(t, provider)} />
      </section>
      <section>
        <h2>{t('Stake')}</h2>
        <Facts facts={toStake(t, provider)} />
      </section>
      {terms.length > 0 ? (
        <section>
          <h2>{t('Terms')}</h2>
          <Facts facts={terms} />
        </section>
      ) : null}
    </div>
  );
}

type Provider = ProviderFactsProps['provider'];

function toIdentity(t: Translate, provider: Provider): readonly Fact[] {
  const { network, owner, uri } = provider;
  const createdHeight = network.recorded ? provider.createdHeight : undefined;
  return [
    { name: t('Network'), value: <NetworkName network={network} /> },
    { name: t('Chain'), value: toClean(network.chain.name, 40) },
    {
      name: t('Owner'),
      value: owner ? <WholeId id={owner} /> : <NoValue reason={t('No owner named')} />,
    },
    ...(uri ? [{ name: t('Address'), value: toAddress(uri, provider.altered) }] : []),
    { name: t('First seen'), value: <When at={provider.createdAt} recordedHeight={createdHeight} /> },
    {
      name: t('Last active'),
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

function toWork(t: Translate, provider: Provider): readonly Fact[] {
  const { capabilities, workToken } = provider.network;
  const { jobCount, tasksCompleted, tasksFailed, latestPrice, paid } = provider;
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  return [
    {
      name: t('Own price'),
      value: latestPrice ? <Price price={latestPrice} /> : missing('price'),
      title: t(
        "The provider's own price per unit in its latest job, else what it asked for last; a job's price also holds what others are paid",
      ),
    },
    ...(latestPrice
      ? [{ name: t('In USD'), value: <PriceInUsd price={latestPrice} />, title: t('When it was agreed') }]
      : []),
    { name: t('Jobs'), value: jobCount === null ? missing('jobs') : toCount(jobCount) },
    {
      name: t('Tasks completed'),
      value: toOutcome(tasksCompleted, tasksFailed) ?? missing('jobs'),
      title: t('Of all tasks that ended, completed or failed'),
    },
    {
      name: t('Paid'),
      value: paid === null || !workToken ? missing('payout') : <Amount baseUnits={paid} token={workToken} />,
      title: t('Tokens received for work, all time'),
    },
  ];
}

function toStake(t: Translate, provider: Provider): readonly Fact[] {
  const { capabilities, stakeToken } = provider.network;
  const amount = (value: string | null, token: Token | null) =>
    value === null || !token ? (
      <Missing capabilities={capabilities} capability="stake" />
    ) : (
      <Amount baseUnits={value} token={token} />
    );
  return [
    { name: t('Locked now'), value: amount(provider.stake, stakeToken), title: t('What is locked at this moment') },
    { name: t('Rewarded'), value: amount(provider.stakeRewarded, stakeToken), title: t('Added as a reward, all time') },
    { name: t('Slashed'), value: amount(provider.stakeSlashed, stakeToken), title: t('Taken as a penalty, all time') },
  ];
}
