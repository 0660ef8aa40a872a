import { toClean } from '../format.js';
import { Link } from './Link.js';
import { RecordedBadge } from './RecordedBadge.js';

export interface NetworkNameProps {
  readonly network: {
    readonly id: string;
    readonly title: string;
    readonly recorded: boolean;
    readonly notice: string | null;
  };
}

export function NetworkName({ network }: NetworkNameProps) {
  const title = toClean(network.title, 80);
  return (
    <span className="network-name">
      <Link to={`/networks/${encodeURIComponent(network.id)}`} title={title} className="network-link">
        {title}
      </Link>
      {network.recorded ? (
        <>
          {' '}
          <RecordedBadge notice={network.notice} />
        </>
      ) : null}
    </span>
  );
}
