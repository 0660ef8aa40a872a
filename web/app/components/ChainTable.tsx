import { toClean, toCount, toDuration } from '../format.js';
import { useText } from '../i18n/useText.js';
import { ChainProgress } from './ChainProgress.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { type ChainState, toPhase } from './phases.js';
import { RecordedBadge } from './RecordedBadge.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ChainRow extends ChainState {
  readonly phaseReason: string | null;
  readonly headAt: string | null;
  readonly finalizedNumber: string | null;
  readonly lagBlocks: string | null;
  readonly lagSeconds: number | null;
  readonly seenAt: string | null;
  readonly quarantined: number;
  readonly networks: readonly NetworkNameProps['network'][];
}

export function ChainTable({ chains }: { readonly chains: readonly ChainRow[] }) {
  const t = useText();
  return (
    <DataTable
      caption={t('Chains')}
      label={t('Chains')}
      head={
        <>
          <ColumnHead>{t('Chain')}</ColumnHead>
          <ColumnHead>{t('State')}</ColumnHead>
          <ColumnHead className="number" title={t('Last block whose events are written')}>
            {t('Written')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Newest block of the chain')}>
            {t('Head')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Newest block that can no longer be taken back')}>
            {t('Final')}
          </ColumnHead>
          <ColumnHead className="number">{t('Behind')}</ColumnHead>
          <ColumnHead className="number" title={t('When the source last answered')}>
            {t('Source seen (UTC)')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Events that could not be decoded')}>
            {t('Set aside')}
          </ColumnHead>
        </>
      }
    >
      {chains.map((chain) => (
        <Row key={chain.id} chain={chain} />
      ))}
    </DataTable>
  );
}

function Row({ chain }: { readonly chain: ChainRow }) {
  const t = useText();
  const { block, headNumber, finalizedNumber, seenAt, recorded } = chain;
  return (
    <TableRow>
      <RowHead>
        {toClean(chain.name, 40)} {recorded ? <RecordedBadge notice={chain.networks[0]?.notice ?? null} /> : null}
        <ul className="plain">
          {chain.networks.map((network) => (
            <li key={network.id}>
              <NetworkName network={{ ...network, recorded: false }} />
            </li>
          ))}
        </ul>
      </RowHead>
      <Cell label={t('State')} className="state">
        <Phase chain={chain} />
      </Cell>
      <Cell label={t('Written')} className="number">
        {block ? (
          <Position number={block.number} at={recorded ? null : block.timestamp} />
        ) : (
          <NoValue reason={t('None yet')} />
        )}
      </Cell>
      <Cell label={t('Head')} className="number">
        {headNumber === null ? <NoValue reason={t('Not known')} /> : <Position {...toHead(chain, headNumber)} />}
      </Cell>
      <Cell label={t('Final')} className="number">
        {finalizedNumber === null ? <NoValue reason={t('Not known')} /> : toCount(finalizedNumber)}
      </Cell>
      <Cell label={t('Behind')} className="number">
        <Lag chain={chain} />
      </Cell>
      <Cell label={t('Source seen (UTC)')} className="number">
        {seenAt ? <When at={seenAt} /> : <NoValue reason={t('Not yet')} />}
      </Cell>
      <Cell label={t('Set aside')} className="number">
        <span className={chain.quarantined > 0 ? 'bad' : undefined}>{toCount(chain.quarantined)}</span>
      </Cell>
    </TableRow>
  );
}

/** The source has as many blocks as were read from it, also where it was asked for its head before that. */
function toHead({ block, headAt, recorded }: ChainRow, headNumber: string) {
  const isBehind = block !== null && BigInt(block.number) > BigInt(headNumber);
  const at = isBehind ? block.timestamp : headAt;
  return { number: isBehind ? block.number : headNumber, at: recorded ? null : at };
}

function Phase({ chain }: { readonly chain: ChainRow }) {
  const t = useText();
  const phase = toPhase(chain.phase);
  const label = t('Indexing {chain}', { chain: toClean(chain.name, 40) });
  return (
    <>
      <p>
        <strong>{t(phase.label)}</strong>
        {chain.stale ? <span className="bad"> · {t('behind')}</span> : null}
      </p>
      <p className="muted">{t(toExplanation(chain))}</p>
      {chain.phase === 'backfill' ? (
        <ChainProgress label={label} height={chain.block?.number ?? null} head={chain.headNumber} />
      ) : null}
    </>
  );
}

/** A halted chain has a notice of its own on the page. */
function toExplanation({ phase, phaseReason }: ChainRow): string {
  if (phase === 'halted' || phaseReason === null) return toPhase(phase).meaning;
  return toClean(phaseReason, 240);
}

function Position({ number, at }: { readonly number: string; readonly at: string | null }) {
  return (
    <span className="stacked">
      <span>{toCount(number)}</span> {at ? <When at={at} /> : null}
    </span>
  );
}

function Lag({ chain }: { readonly chain: ChainRow }) {
  const t = useText();
  if (chain.lagBlocks === null)
    return <NoValue reason={chain.recorded ? t('A recorded history has no head') : t('Not known')} />;
  return (
    <span className="stacked">
      <span>{t.count(chain.lagBlocks, '{n} block', '{n} blocks')}</span>{' '}
      {chain.lagSeconds === null ? null : <span className="age">{toDuration(chain.lagSeconds)}</span>}
    </span>
  );
}
