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
      <CopyId id={id} />
    </span>
  );
}

/** `<network>:<native id>`: the part a reader knows from elsewhere. */
export function ShortPublicId({ id, copies = false }: ShortIdProps) {
  return <ShortId id={toNative(id)} copies={copies} />;
}

/** All of an id, which may take several lines. */
export function WholeId({ id }: { readonly id: string }) {
  return (
    <>
      <code className="wrap">{toClean(id, 200)}</code>
      <CopyButton text={id} />
    </>
  );
}

/** Beside a short id that leads somewhere; what is short by itself can be marked by hand. */
export function CopyId({ id }: { readonly id: string }) {
  return toShort(id) === id ? null : <CopyButton text={id} />;
}

export function toNative(publicId: string): string {
  return publicId.slice(publicId.indexOf(':') + 1);
}
