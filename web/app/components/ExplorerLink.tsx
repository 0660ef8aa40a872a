import { isHex, toClean, toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { CopyId, ShortId } from './ShortId.js';

export interface ExplorerLinkProps {
  /** Origin of the chain's block explorer; null or absent: none is known, and the id stands alone. */
  readonly explorer: string | null | undefined;
  readonly kind: 'tx' | 'address' | 'block';
  readonly id: string;
}

/** A transaction, an address or a block where people look it up. */
export function ExplorerLink({ explorer, kind, id }: ExplorerLinkProps) {
  const t = useText();
  if (!explorer || !(kind === 'block' ? /^\d+$/ : { test: isHex }).test(id))
    return kind === 'block' ? toCount(id) : <ShortId id={id} copies />;
  const link = (
    <a
      href={`${explorer}/${kind}/${id}`}
      rel="noreferrer"
      title={t('{id}, in the block explorer', { id: toClean(id, 80) })}
    >
      {kind === 'block' ? toCount(id) : <ShortId id={id} />}
      <span aria-hidden="true">↗</span>
    </a>
  );
  if (kind === 'block') return link;
  return (
    <span className="nowrap">
      {link}
      <CopyId id={id} />
    </span>
  );
}
