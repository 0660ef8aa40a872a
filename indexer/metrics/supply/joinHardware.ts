import { assert } from '../../../schema/lib/assert.js';
import { parseDecimal, toDecimal } from '../../../schema/prices/usd.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { toHardwareId } from '../subjects.js';

/** Figures whose denominator is the hour itself, which is not added from model to model. */
const perHour = new Set(['supply.nodes', 'supply.onlineNodes', 'supply.vramGib']);

/**
 * Rows of `supply.sql` with machines by class: however a model is spelled, it is one of the catalogue's, or `unknown`. What several
 * spellings come to is added up exactly.
 */
export function joinHardware(rows: readonly FamilyInput[]): readonly FamilyRow[] {
  const others: FamilyRow[] = [];
  const classes = new Map<string, FamilyRow>();
  for (const row of rows) {
    const one = toRow(row);
    if (one.kind !== 'hardware') {
      others.push(one);
      continue;
    }
    const subject = toHardwareId(String(row.network), one.subject);
    const key = `${one.metric} ${one.hour} ${subject}`;
    const before = classes.get(key);
    classes.set(key, before ? join(before, one) : { ...one, subject });
  }
  return [...others, ...classes.values()];
}

function toRow({ metric, kind, subject, hour, num, den, n }: FamilyInput): FamilyRow {
  assert(typeof num === 'string', `a figure of ${metric} as text, got ${num}`);
  return {
    metric: String(metric),
    kind: kind as FamilyRow['kind'],
    subject: String(subject),
    hour: Number(hour),
    num,
    den: den === null ? null : String(den),
    n: Number(n),
  };
}

function join(one: FamilyRow, other: FamilyRow): FamilyRow {
  const den = perHour.has(one.metric) ? one.den : addText(one.den, other.den);
  return { ...one, num: addText(one.num, other.num), den, n: one.n + other.n };
}

/** Of decimals of zero or more. */
function addText(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  const decimals = Math.max(a.decimals, b.decimals);
  const scale = ({ value, decimals: own }: typeof a) => value * 10n ** BigInt(decimals - own);
  return toDecimal(scale(a) + scale(b), decimals);
}
