import type pg from 'pg';
import { transact } from '../../writer/transact.js';
import { findBlind } from './findBlind.js';

/**
 * Says anew in which minutes of its last hours an observer was cut off itself, and forgives those who did not answer then:
 * they are asked again after one interval. Returns how many these are. Hours are those in which it asked, so that a restart
 * goes on where it was.
 */
export async function judgeBlind(pool: pg.Pool, observer: string, now: Date): Promise<number> {
  return transact(pool, async (client) => {
    const { rows: found } = await client.query<{ from: number | null; before: number | null; blind: string }>(
      findFrom,
      [...[observer, JUDGED_HOURS]],
    );
    const { from = null, before = null, blind: known = '0' } = found[0] ?? {};
    if (from === null) return 0;
    const { rows } = await client.query<Readonly<Record<'host' | 'asked' | 'answered', string>> & { hour: number }>(
      `select host, hour, bit_or(asked)::text as asked, bit_or(answered)::text as answered
       from reach_hour where observer = $1 and hour >= $2 group by host, hour`,
      [observer, before ?? from],
    );
    const blind = findBlind(
      rows.map(({ asked, answered, ...row }) => ({ ...row, asked: BigInt(asked), answered: BigInt(answered) })),
      before === null ? undefined : { hour: before, blind: BigInt(known) },
    );
    const judged = [...new Set(rows.map(({ hour }) => hour))].filter((hour) => hour >= from);
    await client.query(write, [observer, judged, judged.map((hour) => String(blind.get(hour) ?? 0n))]);
    return (await client.query(forgive, [observer, now, judged])).rowCount ?? 0;
  });
}

/** Hours that are judged each time: a silence that has begun is judged again when more of it is known. */
const JUDGED_HOURS = 3;

/**
 * The first hour to judge: so many of the newest, each found by one step in the index, and whatever was not judged yet.
 * With it the hour before, and what was found of that.
 */
const findFrom = `
  with recursive newest (hour, at) as (
    select (select max(hour) from reach_hour where observer = $1), 1
    union all
    select (select max(r.hour) from reach_hour r where r.observer = $1 and r.hour < newest.hour), at + 1
    from newest where at < $2 and newest.hour is not null
  ),
  first as (
    select least((select min(hour) from newest), (
      select min(r.hour) from reach_hour r where r.observer = $1
        and r.hour > coalesce((select max(b.hour) from reach_blind b where b.observer = $1), -1))) as hour
  ),
  before as (
    select max(r.hour) as hour from reach_hour r where r.observer = $1 and r.hour < (select hour from first)
  )
  select first.hour as "from", before.hour as before, coalesce(b.blind, 0)::text as blind
  from first cross join before left join reach_blind b on b.observer = $1 and b.hour = before.hour
`;

/** An hour that was judged has a row, were it of no minute. */
const write = `
  insert into reach_blind (observer, hour, blind) select $1, hour, blind from unnest($2::int4[], $3::int8[]) as judged (hour, blind)
  on conflict (observer, hour) do update set blind = excluded.blind where reach_blind.blind <> excluded.blind
`;

/** Prices that were not to be had then are none of their sources' faults either. */
const forgive = `
  update probe_target t set failures = 0, error_reason = 'unasked',
    error_text = 'Asked while nobody answered this instance, which says nothing of the target.',
    next_due = least(t.next_due, $2::timestamptz + t.interval_seconds * interval '1 second')
  from reach_blind b
  where t.observer = $1 and t.failures > 0 and b.observer = $1 and b.hour = any ($3)
    and b.hour = floor(extract(epoch from t.last_attempt) / 3600)
    and b.blind & (1::int8 << (floor(extract(epoch from t.last_attempt) / 60)::int8 % 60)::int4) <> 0
`;
