import { toCount, toShare } from '../format.js';
import { key, type Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type Fact, Facts } from './Facts.js';
import { NoValue } from './Missing.js';
import { WholeId } from './ShortId.js';

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
  const t = useText();
  return <Facts facts={chain.recorded ? [toDigestFact(chain, t)] : toFacts(chain, t)} />;
}

function toFacts(chain: ChainTrustProps, t: Translate): readonly Fact[] {
  return [
    {
      name: t('Verified'),
      title: t("Share of the written blocks whose logs were proven against the chain's own block headers"),
      value: <Verified share={chain.verifiedShare} ranges={chain.verified} />,
    },
    toDigestFact(chain, t),
    {
      name: t('Taken back'),
      title: t('Reorganisations that were healed'),
      value:
        chain.reorgs === 0
          ? t('Never')
          : `${t.count(chain.reorgs, '{n} time', '{n} times')}, ${t.count(chain.deepestReorg, 'at most {n} block at once', 'at most {n} blocks at once')}`,
    },
    {
      name: t('Safe, final'),
      title: t('Newest blocks that the source calls safe, and that can no longer be taken back'),
      value: `${toHeight(chain.safeNumber, t)}, ${toHeight(chain.finalizedNumber, t)}`,
    },
  ];
}

function toHeight(height: string | null, t: Translate): string {
  return height === null ? t('not known') : toCount(height);
}

function toDigestFact({ digest, block }: ChainTrustProps, t: Translate): Fact {
  return {
    name: t('State digest'),
    title: t('Two indexers hold the same facts up to a block exactly when their digests of it are equal'),
    value:
      digest === null || block === null ? (
        <NoValue reason={t('None yet')} />
      ) : (
        <>
          <WholeId id={digest} />{' '}
          <span className="muted nowrap">{t('at block {number}', { number: toCount(block.number) })}</span>
        </>
      ),
  };
}

const levels: Readonly<Record<string, { readonly label: string; readonly tone: string; readonly meaning: string }>> = {
  exact: { label: key('exact'), tone: 'good', meaning: key('Byte for byte, by the receipts root of each block') },
  superset: {
    label: key('superset'),
    tone: 'busy',
    meaning: key("By each block's hash and bloom: nothing is left out"),
  },
  none: { label: key('not verified'), tone: 'quiet', meaning: key('As the source gave them') },
};

function Verified({ share, ranges }: { readonly share: number | null; readonly ranges: readonly VerifiedRange[] }) {
  const t = useText();
  if (share === null) return <NoValue reason={t('Nothing is written yet')} />;
  return (
    <span className="chips">
      <span>{toShare(share)}</span>
      {ranges.map(({ from, to, level }) => {
        const { label, tone, meaning } = levels[level] ?? { label: level, tone: 'quiet', meaning: '' };
        return (
          <span key={from} className={`badge badge-${tone}`} title={t(meaning)}>
            {t(label)} {from === to ? toCount(from) : `${toCount(from)} – ${toCount(to)}`}
          </span>
        );
      })}
    </span>
  );
}
