import { openKept, run } from '../api/openKept.mjs';
import { NETWORK, SEED_VERSION, seedMarket } from '../metrics/seedMarket.mjs';

/** As many providers in both: their number is what the bars are of. */
export const rankedSizes = {
  full: { providers: 1_000, nodes: 10_000, buyers: 2_000, jobs: 100_000, days: 3, asksPerNode: 12, bids: 20_000 },
  quick: { providers: 1_000, nodes: 2_000, buyers: 500, jobs: 10_000, days: 2, asksPerNode: 6, bids: 2_000 },
};

const CHAIN = 31_339;
/** So long it is as fresh as when it was made. */
const FRESH_HOURS = 6;

/**
 * A market with all that a buyer is told of its providers: what they ask and asked before, what was bid and agreed on, the figures and scores
 * that a roller would have made, and machines that are heard now. It is made anew when nobody would be online any more.
 */
export async function openRanked(server, { quick }) {
  const size = quick ? rankedSizes.quick : rankedSizes.full;
  const toHour = Math.floor(Date.now() / 3_600_000);
  const period = Math.floor(toHour / FRESH_HOURS);
  return openKept(server, {
    name: quick ? 'bench_web_quick' : 'bench_web',
    size: { ...size, seed: SEED_VERSION, period },
    async make(url) {
      await seedMarket(url, { ...size, toHour });
      await seedTotals(url);
      await seedPrices(url, size);
      await seedFigures(url, toHour);
      await seedPresence(url, toHour);
      await run(url, 'vacuum analyze');
    },
  });
}

/** What the writer keeps beside the rows. */
async function seedTotals(url) {
  await run(
    url,
    `update network n set jobs = j.jobs, tasks = j.jobs, tasks_completed = j.completed, tasks_failed = j.failed,
       providers = (select count(*) from provider), nodes = (select count(*) from node)
     from (select count(*) as jobs, sum(tasks_completed) as completed, sum(tasks_failed) as failed from job) as j`,
  );
  await run(
    url,
    `update provider p set jobs = j.jobs, tasks_completed = j.completed, tasks_failed = j.failed, last_time = j.at,
       name = 'Provider ' || right(p.native_id, 4)
     from (
       select provider_id, count(*) as jobs, sum(tasks_completed) as completed, sum(tasks_failed) as failed, max(time) as at
       from job group by provider_id
     ) as j where j.provider_id = p.id`,
  );
}

/** Each machine asked several times, at last between one and three DEV for a GPU-hour, and DEV is worth a USD. */
async function seedPrices(url, { asksPerNode, bids }) {
  const columns = `(chain_id, height, log_index, part, network_id, provider_id, node_id, job_id, basis, unit, resource, token, amount, time)`;
  const toAmount = (dice) => `(1000 + abs(hashtext(${dice})) % 2000)::numeric * 1000000000000000`;
  await run(
    url,
    `insert into price ${columns}
     select ${CHAIN}, b.height, 1000000 + m.place, 0, $1, m.provider_id, m.id, null, 'advertised', 'hour', 'gpu', $1 || ':dev',
       ${toAmount("m.id || ' ' || turn")}, b.time
     from (select id, provider_id, row_number() over (order by id) as place from node) as m
     cross join generate_series(1, $2::int) as turn
     join block b on b.chain_id = ${CHAIN} and b.height = turn * 100 + m.place % 97`,
    [NETWORK, asksPerNode],
  );
  await run(
    url,
    `insert into price ${columns}
     select ${CHAIN}, b.height, 2000000 + bid, 0, $1, null, null, null, 'bid', 'hour', 'gpu', $1 || ':dev', ${toAmount("'bid ' || bid")}, b.time
     from generate_series(1, $2::int) as bid
     join block b on b.chain_id = ${CHAIN} and b.height = 1 + bid % 2000`,
    [NETWORK, bids],
  );
  await run(
    url,
    `insert into price ${columns}
     select j.chain_id, j.height, 3000000 + row_number() over (order by j.id), 0, $1, j.provider_id, a.node_id, j.id, 'settled', 'hour', 'gpu',
       $1 || ':dev', ${toAmount('j.id')}, j.time
     from job j join attempt a on a.job_id = j.id`,
    [NETWORK],
  );
}

async function seedFigures(url, toHour) {
  await run(url, `insert into metric (id, method_version) values ('jobs.success', 1) on conflict do nothing`);
  await run(
    url,
    `insert into metric_subject (kind, id, network_id) select 'provider', id, network_id from provider order by id on conflict do nothing`,
  );
  await run(
    url,
    `insert into metric_progress (network_id, rolled_time, rolled_height, method_digest)
     select $1, block_time, height, '' from chain where chain_id = ${CHAIN} on conflict do nothing`,
    [NETWORK],
  );
  await run(
    url,
    `insert into metric_day (subject_key, metric_key, day, num, den, n)
     select s.subject_key, m.metric_key, $1::int / 24 - 1 - back, 40 + s.subject_key % 11, 50, 50
     from metric_subject s, metric m, generate_series(0, 29) as back
     where s.kind = 'provider' and m.id = 'jobs.success'`,
    [toHour],
  );
  await run(url, `insert into window_end (network_id, to_hour, members) values ($1, $2, '0') on conflict do nothing`, [
    NETWORK,
    toHour,
  ]);
  await run(
    url,
    `insert into uptime_window (subject_key, days, nodes, up, known, expected, maintenance, maintenance_up, failures, repairs,
       repaired_down, outage_down, longest_down, effective_n, lower, upper)
     select subject_key, days, 10, days * 14000, days * 14200, days * 14400, 0, 0, 10, 10, 200, 200, 30, 900.5,
       0.9 + (subject_key % 100) / 1000.0, 0.999
     from metric_subject, unnest(array[7, 30, 90]) as days where kind = 'provider'`,
  );
  await run(
    url,
    `insert into score (subject_key, hour, method_version, score, availability, job_success, promise, integrity, lost_availability,
       lost_job_success, lost_promise, lost_integrity, evidence, evidence_weight, buyers_effective, detail)
     select subject_key, $1 - back * 24, 1, 80 + subject_key % 17, 0.99, 0.6 + (subject_key % 35) / 100.0, 0.9, 0.9, 1, 5, 1, 1.5,
       case when subject_key % 50 = 0 then 'none' when subject_key % 5 = 0 then 'thin' else 'strong' end, 50, 4, '{"removed":{"share":"0.1"}}'
     from metric_subject, generate_series(0, 29) as back where kind = 'provider'`,
    [toHour],
  );
}

/** All are heard in every minute, but for one in twenty. */
async function seedPresence(url, toHour) {
  await run(
    url,
    `insert into observer_slot (observer, slot, alive)
     select observer, slot, ${FULL} from observer, generate_series(($1::int - 2) * 60, ($1::int + $2::int) * 60) as slot`,
    [toHour, FRESH_HOURS],
  );
  await run(
    url,
    `insert into node_hour_open (node_key, hour, observer, up, late)
     select node_key, hour, observer, ${FULL}, 0
     from heartbeat_node, observer, generate_series($1::int - 1, $1::int + $2::int) as hour where node_key % 20 <> 0`,
    [toHour, FRESH_HOURS],
  );
}

const FULL = '1152921504606846975::int8';
