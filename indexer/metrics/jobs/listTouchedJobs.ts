import type { RollContext } from '../roll/RollStep.js';
import { sql } from './sql.js';
import { LOT, toLots } from './toLots.js';

/**
 * The jobs whose outcomes may have changed, in lots of so many tasks or a little more: those of which anything stands in the
 * hours, by facts or by outcomes that are stored, and those whose deadline has passed since the last turn.
 */
export async function* listTouchedJobs(context: RollContext): AsyncGenerator<readonly string[]> {
  const { client } = context;
  const { text, values } = await toTouched(context);
  await client.query(`declare touched_job no scroll cursor for ${text}`, values);
  for (;;) {
    const { rows } = await client.query<{ id: string; volume: number }>(`fetch ${LOT} from touched_job`);
    if (rows.length === 0) break;
    yield* toLots(rows);
  }
  await client.query('close touched_job');
}

interface Query {
  readonly text: string;
  readonly values: unknown[];
}

async function toTouched({ client, network, head, hours }: RollContext): Promise<Query> {
  const { rows } = await client.query<{ time: Date | null }>(
    'select rolled_time as time from metric_progress where network_id = $1',
    [network.id],
  );
  const rolled = rows[0]?.time ?? null;
  const ranges = toTimes(hours);
  const now = Math.floor(head.time.getTime() / 1000);
  const end = ranges.at(-1)?.to ?? 0;
  // A turn that does not reach the head leaves what is later to the next one, which goes on where it ends.
  const isLast = hours.at(-1) === head.hour;
  return {
    text: sql.listTouched,
    values: [
      ...[network.id, network.chainId, ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
      ...[rolled && Math.floor(rolled.getTime() / 1000), isLast ? now : Math.min(end, now)],
      ...[ranges[0]?.from ?? now, isLast ? null : end, now],
    ],
  };
}

/** Hours that follow each other as one range of unix seconds, the end not included. */
function toTimes(hours: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const hour of hours) {
    const last = ranges.at(-1);
    if (last?.to === hour * SECONDS_PER_HOUR) last.to += SECONDS_PER_HOUR;
    else ranges.push({ from: hour * SECONDS_PER_HOUR, to: (hour + 1) * SECONDS_PER_HOUR });
  }
  return ranges;
}

export const SECONDS_PER_HOUR = 3_600;
