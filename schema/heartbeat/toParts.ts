import { MAX_BODY_BYTES } from './envelope.js';
import { type Beat, MAX_BEATS } from './parseBatch.js';

/** What each batch holds: beats of one slot, in their order, as many as a body may have. */
export function toParts(beats: readonly Beat[]): readonly (readonly Beat[])[] {
  const bySlot = new Map<number, Beat[]>();
  for (const beat of beats) {
    const same = bySlot.get(beat.slot);
    if (same) same.push(beat);
    else bySlot.set(beat.slot, [beat]);
  }
  return [...bySlot.values()].flatMap(split);
}

function split(beats: readonly Beat[]): readonly (readonly Beat[])[] {
  if (beats.length <= ALWAYS_FITS) return [beats];
  const parts: Beat[][] = [];
  let room = 0;
  for (const beat of beats) {
    const bytes = Buffer.byteLength(JSON.stringify(beat)) + 1;
    const last = parts.at(-1);
    if (last && bytes <= room && last.length < MAX_BEATS) {
      last.push(beat);
      room -= bytes;
    } else {
      parts.push([beat]);
      room = MAX_BODY_BYTES - FRAME_BYTES - bytes;
    }
  }
  return parts;
}

/** Beats of the longest kind have less than 1,000 bytes: so many need not be measured. */
const ALWAYS_FITS = 64;
/** `{"beats":[]}` */
const FRAME_BYTES = 12;
