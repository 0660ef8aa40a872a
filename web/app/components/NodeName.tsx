import { Link } from './Link.js';
import { ShortPublicId } from './ShortId.js';

/** A machine by its public id, with what is known of it behind a link. */
export function NodeName({ id }: { readonly id: string }) {
  return (
    <Link to={`/nodes/${encodeURIComponent(id)}`}>
      <ShortPublicId id={id} />
    </Link>
  );
}
