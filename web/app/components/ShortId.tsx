import { toClean, toShort } from '../format.js';

/** A long id cut in the middle; the whole of it in the title. */
export function ShortId({ id }: { readonly id: string }) {
  return (
    <code className="id" title={toClean(id, 200)}>
      {toShort(id)}
    </code>
  );
}

/** `<network>:<native id>`: the part a reader knows from elsewhere. */
export function ShortPublicId({ id }: { readonly id: string }) {
  return <ShortId id={id.slice(id.indexOf(':') + 1)} />;
}
