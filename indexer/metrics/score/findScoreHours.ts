import type { RollContext } from '../roll/RollStep.js';
import { type ScoreHours, toScoreHours } from './toScoreHours.js';

/** As of which hours this turn makes scores. Where the hour before the open one is scored already it costs one look. */
export async function findScoreHours(context: RollContext): Promise<ScoreHours> {
  const { hours, head } = context;
  const isQuiet = hours.length > 0 && hours[0] === head.hour;
  const needsHead = isQuiet && !(await hasScores(context));
  return toScoreHours({ hours, headHour: head.hour, needsHead });
}

async function hasScores({ client, network, head }: RollContext): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (
       select from score c join metric_subject s on s.subject_key = c.subject_key
       where c.hour = $2 and s.network_id = $1
     ) as found`,
    [network.id, head.hour],
  );
  return rows[0]?.found === true;
}
