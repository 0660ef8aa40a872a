import { toClean, toCount } from '../format.js';
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
  const place = region ? toClean(region, 40) : '';
  const parts = [gpu ? toHardware(gpu) : '', place].filter(Boolean);
  if (parts.length === 0) return <NoValue reason="Nothing said" />;
  return (
    <>
      {parts.join(', ')} {gpu ? <ClaimBadge gpu={gpu} /> : null}
    </>
  );
}

function toHardware({ model, claimed, count, vramMib }: ClaimedGpu): string {
  const named = model?.name ?? toClean(claimed ?? '', 40);
  const number = count === null ? undefined : `${toCount(count)} ×`;
  return [number, named || 'GPU of no name', vramMib ? toGigabytes(vramMib) : undefined].filter(Boolean).join(' ');
}

/** Nobody has looked into the machine: a claim is at best one that can be true. */
function ClaimBadge({ gpu: { claimed, plausible, reasons } }: { readonly gpu: ClaimedGpu }) {
  const why = reasons.map((reason) => doubts[reason] ?? toClean(reason, 40)).join('; ');
  const words = claimed ? ` Claimed: ${toClean(claimed, 120)}.` : '';
  return plausible === false ? (
    <span className="badge badge-bad" title={`This cannot be: ${why}.${words}`}>
      implausible claim
    </span>
  ) : (
    <span
      className="badge badge-quiet"
      title={`Its provider says so; nobody checked it.${why ? ` ${why}.` : ''}${words}`}
    >
      unverified claim
    </span>
  );
}

const doubts: Readonly<Record<string, string>> = {
  unknownModel: 'The catalogue knows no such GPU',
  impossibleVram: 'that model was never sold with this memory',
  contradictoryVram: 'its name says another size of memory',
  tooMany: 'more GPUs than one machine holds',
  none: 'a model, and no GPU of it',
};

function toGigabytes(mebibytes: number): string {
  return `${Math.round(mebibytes / 1_024)} GB`;
}
