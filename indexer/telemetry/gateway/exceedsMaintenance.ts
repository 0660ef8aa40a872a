import { SLOTS_PER_DAY, SLOTS_PER_HOUR } from '../../../schema/heartbeat/slots.js';

/** Slots from `from` up to, not including, `to`. */
export interface SlotSpan {
  readonly from: number;
  readonly to: number;
}

/** 8 h. */
export const MAX_MAINTENANCE_SLOTS = 8 * SLOTS_PER_HOUR;
export const MAINTENANCE_WINDOW_SLOTS = 30 * SLOTS_PER_DAY;

/** Whether any thirty days hold more than eight hours of these; what lies in two of them counts once. */
export function exceedsMaintenance(spans: readonly SlotSpan[]): boolean {
  const merged = mergeSpans(spans);
  // The fullest window can be moved until it begins where a span begins.
  return merged.some(({ from: start }) => {
    const end = start + MAINTENANCE_WINDOW_SLOTS;
    const slots = merged.map(({ from, to }) => Math.max(0, Math.min(to, end) - Math.max(from, start)));
    return slots.reduce((sum, count) => sum + count, 0) > MAX_MAINTENANCE_SLOTS;
  });
}

/** A node's rows stay for ever, and each notice is one. */
export const MAX_NOTICES = 20;

/** Whether any thirty days touch more notices than a node may have in them. */
export function exceedsNotices(spans: readonly SlotSpan[]): boolean {
  return spans.some(({ from: start }) => {
    const end = start + MAINTENANCE_WINDOW_SLOTS;
    return spans.filter(({ from, to }) => to > start && from < end).length > MAX_NOTICES;
  });
}

/** Whether each slot of it lies in one of these. */
export function isCovered(span: SlotSpan, by: readonly SlotSpan[]): boolean {
  return mergeSpans(by).some(({ from, to }) => from <= span.from && to >= span.to);
}

function mergeSpans(spans: readonly SlotSpan[]): readonly SlotSpan[] {
  const merged: SlotSpan[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else merged.push(span);
  }
  return merged;
}
