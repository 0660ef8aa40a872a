import { toClean, toShort } from '../format.js';
import { CopyButton } from './CopyButton.js';

export interface ShortIdProps {
  readonly id: string;
  /** With a button that copies it; not within a link. */
  readonly copies?: boolean;
}

/** A long id cut in the middle; the whole of it in the title. */
export function ShortId({ id, copies = false }: ShortIdProps) {
  const short = (
    <code className="id" title={toClean(id, 200)}>
      {toShort(id)}
    </code>
  );
  if (!copies) return short;
  return (
    <span className="nowrap">
      {short}
      <CopyButton text={id} />
    </span>
  );
}

/** `<network>:<native id>`: the part a reader knows from elsewhere. */
export function ShortPublicId({ id }: { readonly id: string }) {
  return <ShortId id={id.slice(id.indexOf(':') + 1)} />;
}
