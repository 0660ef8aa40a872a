import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type Altered, CleanedMark } from './CleanedMark.js';
import { type Fact, Facts, toTermFact } from './Facts.js';
import { type ClaimedGpu, Machine } from './Machine.js';
import { NoValue } from './Missing.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { Uri, type UriProps } from './Uri.js';
import { When } from './When.js';

export interface NodeFactsProps {
  readonly node: {
    readonly network: NetworkNameProps['network'] & { readonly protocol: string };
    readonly provider: ProviderNameProps['provider'] | null;
    readonly gpu: ClaimedGpu | null;
    readonly region: string | null;
    readonly uri: UriProps | null;
    readonly altered: readonly Altered[];
    readonly createdAt: string;
    readonly createdHeight: string;
    readonly terms: readonly { readonly name: string; readonly value: string }[];
  };
}

/** Whose machine it is, what it is said to be, and since when it is there. */
export function NodeFacts({ node }: NodeFactsProps) {
  const t = useText();
  const terms = node.terms.map(toTermFact);
  return (
    <div className="fact-groups">
      <section>
        <h2>{t('Identity')}</h2>
        <Facts facts={toIdentity(t, node)} />
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

function toIdentity(
  t: Translate,
  { network, provider, gpu, region, uri, altered, ...node }: NodeFactsProps['node'],
): readonly Fact[] {
  return [
    { name: t('Network'), value: <NetworkName network={network} /> },
    {
      name: t('Provider'),
      value: provider ? (
        <ProviderName provider={provider} copies />
      ) : (
        <NoValue reason={t('The protocol does not say whose it is')} />
      ),
    },
    { name: t('Machine'), value: <Machine gpu={gpu} region={region} /> },
    ...(uri
      ? [
          {
            name: t('Address'),
            value: (
              <>
                <Uri {...uri} /> <CleanedMark attribute="uri" altered={altered} />
              </>
            ),
          },
        ]
      : []),
    {
      name: t('First seen'),
      value: <When at={node.createdAt} recordedHeight={network.recorded ? node.createdHeight : undefined} />,
    },
  ];
}
