import { toTerm } from '../format.js';
import { type Altered, CleanedMark } from './CleanedMark.js';
import { type Fact, Facts } from './Facts.js';
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
  const terms = node.terms.map(toTerm);
  return (
    <div className="fact-groups">
      <section>
        <h2>Identity</h2>
        <Facts facts={toIdentity(node)} />
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

function toIdentity({
  network,
  provider,
  gpu,
  region,
  uri,
  altered,
  ...node
}: NodeFactsProps['node']): readonly Fact[] {
  return [
    { name: 'Network', value: <NetworkName network={network} /> },
    {
      name: 'Provider',
      value: provider ? (
        <ProviderName provider={provider} />
      ) : (
        <NoValue reason="The protocol does not say whose it is" />
      ),
    },
    { name: 'Machine', value: <Machine gpu={gpu} region={region} /> },
    ...(uri
      ? [
          {
            name: 'Address',
            value: (
              <>
                <Uri {...uri} /> <CleanedMark attribute="uri" altered={altered} />
              </>
            ),
          },
        ]
      : []),
    {
      name: 'First seen',
      value: <When at={node.createdAt} recordedHeight={network.recorded ? node.createdHeight : undefined} />,
    },
  ];
}
