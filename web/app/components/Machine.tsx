import { toClean, toCount } from '../format.js';
import { key, type Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { NoValue } from './Missing.js';

/** As whoever offers the machine claims it. */
export interface ClaimedGpu {
  /** Of the catalogue; null where it knows none. */
  readonly model: { readonly name: string } | null;
  readonly claimed: string | null;
  readonly count: number | null;
  readonly vramMib: number | null;
  readonly plausible: boolean | null;
  readonly reasons: readonly string[];
}

export interface MachineProps {
  readonly gpu: ClaimedGpu | null;
  readonly region: string | null;
}

/** "8 × NVIDIA H100 80 GB, eu-west-1". */
export function Machine({ gpu, region }: MachineProps) {
  const t = useText();
  const place = region ? toClean(region, 40) : '';
  const parts = [gpu ? toHardware(t, gpu) : '', place].filter(Boolean);
  if (parts.length === 0) return <NoValue reason={t('Nothing said')} />;
  return (
    <>
      {parts.join(', ')} {gpu ? <ClaimBadge gpu={gpu} /> : null}
    </>
  );
}

function toHardware(t: Translate, { model, claimed, count, vramMib }: ClaimedGpu): string {
  const named = model?.name ?? toClean(claimed ?? '', 40);
  const number = count === null ? undefined : `${toCount(count)} ×`;
  return [number, named || t('GPU of no name'), vramMib ? toGigabytes(vramMib) : undefined].filter(Boolean).join(' ');
}

/** Nobody has looked into the machine: a claim is at best one that can be true. */
function ClaimBadge({ gpu: { claimed, plausible, reasons } }: { readonly gpu: ClaimedGpu }) {
  const t = useText();
  const why = reasons.map((reason) => t(doubts[reason] ?? '') || toClean(reason, 40)).join('; ');
  const words = claimed ? ` ${t('Claimed: {claimed}.', { claimed: toClean(claimed, 120) })}` : '';
  return plausible === false ? (
    <span className="badge badge-bad" title={`${t('This cannot be: {why}.', { why })}${words}`}>
      {t('implausible claim')}
    </span>
  ) : (
    <span
      className="badge badge-quiet"
      title={`${t('Its provider says so; nobody checked it.')}${why ? ` ${why}.` : ''}${words}`}
    >
      {t('unverified claim')}
    </span>
  );
}

const doubts: Readonly<Record<string, string>> = {
  unknownModel: key('The catalogue knows no such GPU'),
  impossibleVram: key('that model was never sold with this memory'),
  contradictoryVram: key('its name says another size of memory'),
  tooMany: key('more GPUs than one machine holds'),
  none: key('a model, and no GPU of it'),
};

function toGigabytes(mebibytes: number): string {
  return `${Math.round(mebibytes / 1_024)} GB`;
}
