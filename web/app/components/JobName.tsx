import { Link } from './Link.js';
import { CopyId, ShortId } from './ShortId.js';

/** A job by the id that its chain knows it by, with what is known of it behind a link. */
export function JobName({
  job: { id, nativeId },
}: {
  readonly job: { readonly id: string; readonly nativeId: string };
}) {
  return (
    <span className="nowrap">
      <Link to={`/jobs/${encodeURIComponent(id)}`}>
        <ShortId id={nativeId} />
      </Link>
      <CopyId id={nativeId} />
    </span>
  );
}
