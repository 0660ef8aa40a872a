import { toClean, toCount } from '../format.js';

export interface HaltedNoticeProps {
  readonly id: string;
  readonly name: string;
  readonly reason: string | null;
  /** Last written block. */
  readonly height: string | null;
}

/** Why a chain stands still, and what its operator can do about it. */
export function HaltedNotice({ id, name, reason, height }: HaltedNoticeProps) {
  return (
    <section className="notice notice-warning halted" aria-label={`${toClean(name, 40)} has halted`}>
      <h2>{toClean(name, 40)} has halted</h2>
      <p>{reason ? toClean(reason, 400) : 'No reason was given.'}</p>
      <p>
        Pages and API go on with what is written{height === null ? '' : ` up to block ${toCount(height)}`}, and say that
        it is not current. The way out, for its operator:
      </p>
      <ol>
        <li>
          See what each endpoint says: the table below, or <code>computescan status</code>.
        </li>
        <li>
          Make sure that <code>RPC_URLS</code> names nodes of this very chain that are in sync.
        </li>
        <li>
          If the chain did change below its final block, read it again from there:{' '}
          <code>computescan resync --chain {id} --from &lt;height&gt; --yes</code>
        </li>
      </ol>
    </section>
  );
}
