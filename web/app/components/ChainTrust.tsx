import { toCount, toCounted, toShare } from '../format.js';
import { type Fact, Facts } from './Facts.js';
import { NoValue } from './Missing.js';

export interface VerifiedRange {
  readonly from: string;
  readonly to: string;
  readonly level: string;
}

export interface ChainTrustProps {
  readonly recorded: boolean;
  readonly reorgs: number;
  readonly deepestReorg: number;
  readonly digest: string | null;
  readonly verifiedShare: number | null;
  /** The newest first. */
  readonly verified: readonly VerifiedRange[];
  readonly safeNumber: string | null;
  readonly finalizedNumber: string | null;
  readonly block: { readonly number: string } | null;
}

/** Why what is written of a chain may be believed: what is proven, what was taken back, and the digest to compare. */
export function ChainTrust(chain: ChainTrustProps) {
  return <Facts facts={chain.recorded ? [toDigestFact(chain)] : toFacts(chain)} />;
}

function toFacts(chain: ChainTrustProps): readonly Fact[] {
  return [
    {
      name: 'Verified',
      title: "Share of the written blocks whose logs were proven against the chain's own block headers",
      value: <Verified share={chain.verifiedShare} ranges={chain.verified} />,
    },
    toDigestFact(chain),
    {
      name: 'Taken back',
      title: 'Reorganisations that were healed',
      value:
        chain.reorgs === 0
          ? 'Never'
          : `${toCounted(chain.reorgs, 'time')}, at most ${toCounted(chain.deepestReorg, 'block')} at once`,
    },
    {
      name: 'Safe, final',
      title: 'Newest blocks that the source calls safe, and that can no longer be taken back',
      value: `${toHeight(chain.safeNumber)}, ${toHeight(chain.finalizedNumber)}`,
    },
  ];
}

function toHeight(height: string | null): string {
  return height === null ? 'not known' : toCount(height);
}

function toDigestFact({ digest, block }: ChainTrustProps): Fact {
  return {
    name: 'State digest',
    title: 'Two indexers hold the same facts up to a block exactly when their digests of it are equal',
    value:
      digest === null || block === null ? (
        <NoValue reason="None yet" />
      ) : (
        <>
          <code>{digest}</code> <span className="muted nowrap">at block {toCount(block.number)}</span>
        </>
      ),
  };
}

const levels: Readonly<Record<string, { readonly label: string; readonly tone: string; readonly meaning: string }>> = {
  exact: { label: 'exact', tone: 'good', meaning: 'Byte for byte, by the receipts root of each block' },
  superset: { label: 'superset', tone: 'busy', meaning: "By each block's hash and bloom: nothing is left out" },
  none: { label: 'not verified', tone: 'quiet', meaning: 'As the source gave them' },
};

function Verified({ share, ranges }: { readonly share: number | null; readonly ranges: readonly VerifiedRange[] }) {
  if (share === null) return <NoValue reason="Nothing is written yet" />;
  return (
    <span className="chips">
      <span>{toShare(share)}</span>
      {ranges.map(({ from, to, level }) => {
        const { label, tone, meaning } = levels[level] ?? { label: level, tone: 'quiet', meaning: '' };
        return (
          <span key={from} className={`badge badge-${tone}`} title={meaning}>
            {label} {from === to ? toCount(from) : `${toCount(from)} – ${toCount(to)}`}
          </span>
        );
      })}
    </span>
  );
}
