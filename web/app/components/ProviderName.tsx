import { toClean } from '../format.js';
import { type Altered, CleanedMark } from './CleanedMark.js';
import { Link } from './Link.js';
import { LookalikeMark } from './LookalikeMark.js';
import { ShortId } from './ShortId.js';

export interface ProviderNameProps {
  readonly provider: {
    readonly id: string;
    readonly nativeId: string;
    readonly name: string | null;
    readonly altered: readonly Altered[];
  };
}

/** The name a provider gave itself, always with its id: names are not unique. */
export function ProviderName({ provider }: ProviderNameProps) {
  const name = provider.name ? toClean(provider.name, 40) : '';
  return (
    <span className="provider-name">
      <Link to={`/providers/${encodeURIComponent(provider.id)}`}>{name || <ShortId id={provider.nativeId} />}</Link>
      {name ? (
        <>
          {' '}
          <ShortId id={provider.nativeId} /> <CleanedMark attribute="name" altered={provider.altered} />{' '}
          <LookalikeMark name={name} />
        </>
      ) : null}
    </span>
  );
}
