/** What a simulated market has before it, in order of time: part of its state, so that it goes on where it stood. */
export interface Agenda<Occasion> {
  sequence: number;
  readonly queue: { readonly at: number; readonly sequence: number; readonly occasion: Occasion }[];
}

/** Puts an occasion at the next full `gridS` seconds; of the same moment, what was planned first comes first. */
export function schedule<Occasion>(
  agenda: Agenda<Occasion>,
  { at, gridS, occasion }: { readonly at: number; readonly gridS: number; readonly occasion: Occasion },
): void {
  const entry = { at: Math.ceil(at / gridS) * gridS, sequence: ++agenda.sequence, occasion };
  let index = agenda.queue.length;
  while (index > 0 && (agenda.queue[index - 1]?.at ?? 0) > entry.at) index--;
  agenda.queue.splice(index, 0, entry);
}

/** Takes what is due at `now`, one after the other; what is planned meanwhile for this very moment still belongs to it. */
export function* takeDue<Occasion>(agenda: Agenda<Occasion>, now: number): Iterable<Occasion> {
  for (let next = agenda.queue[0]; next && next.at <= now; next = agenda.queue[0]) {
    agenda.queue.shift();
    yield next.occasion;
  }
}
