import { toClean } from '../format.js';
import { type Altered, CleanedMark } from './CleanedMark.js';
import { Link } from './Link.js';
import { LookalikeMark } from './LookalikeMark.js';
import { CopyId, ShortId } from './ShortId.js';

export interface ProviderNameProps {
  readonly provider: {
    readonly id: string;
    readonly nativeId: string;
    readonly name: string | null;
    readonly altered: readonly Altered[];
  };
  /** With a button that copies its id. */
  readonly copies?: boolean;
}

/** The name a provider gave itself, always with its id: names are not unique. */
export function ProviderName({ provider, copies = false }: ProviderNameProps) {
  const name = provider.name ? toClean(provider.name, 40) : '';
  return (
    <span className="provider-name">
      <Link to={`/providers/${encodeURIComponent(provider.id)}`}>{name || <ShortId id={provider.nativeId} />}</Link>
      {name ? (
        <>
          {' '}
          <ShortId id={provider.nativeId} copies={copies} />
          <CleanedMark attribute="name" altered={provider.altered} />
          <LookalikeMark name={name} />
        </>
      ) : copies ? (
        <CopyId id={provider.nativeId} />
      ) : null}
    </span>
  );
}
