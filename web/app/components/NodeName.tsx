import { Link } from './Link.js';
import { CopyId, ShortPublicId, toNative } from './ShortId.js';

/** A machine by its public id, with what is known of it behind a link. */
export function NodeName({ id }: { readonly id: string }) {
  return (
    <span className="nowrap">
      <Link to={`/nodes/${encodeURIComponent(id)}`}>
        <ShortPublicId id={id} />
      </Link>
      <CopyId id={toNative(id)} />
    </span>
  );
}
