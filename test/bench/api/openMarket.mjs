import { SEED_VERSION, seedMarket } from '../metrics/seedMarket.mjs';
import { openKept, run } from './openKept.mjs';

export const marketSizes = {
  full: { providers: 1_000, nodes: 10_000, buyers: 2_000, jobs: 1_000_000, days: 90 },
  quick: { providers: 100, nodes: 500, buyers: 200, jobs: 10_000, days: 30 },
};

/** The last hour of what is written: the same rows at any time. */
const TO_HOUR = Math.floor(Date.UTC(2026, 9, 1) / 3_600_000);

/** The market that the figures are of, as an indexer, a gateway and a roller would have left it. */
export function openMarket(server, { quick }) {
  const size = quick ? marketSizes.quick : marketSizes.full;
  return openKept(server, {
    name: quick ? 'bench_api_market_quick' : 'bench_api_market',
    size: { ...size, seed: SEED_VERSION },
    async make(url) {
      await seedMarket(url, { ...size, toHour: TO_HOUR });
      await seedTotals(url);
      await seedMetrics(url, size);
      await run(url, 'vacuum analyze');
    },
  });
}

/** What the writer keeps of networks and providers beside the rows: the sums of the rows themselves. */
async function seedTotals(url) {
  await run(
    url,
    `update network n set jobs = j.jobs, tasks = j.jobs, tasks_completed = j.completed, tasks_failed = j.failed,
       providers = (select count(*) from provider), nodes = (select count(*) from node)
     from (
       select count(*) as jobs, sum(tasks_completed) as completed, sum(tasks_failed) as failed from job
     ) as j`,
  );
  await run(
    url,
    `update provider p set jobs = j.jobs, tasks_completed = j.completed, tasks_failed = j.failed, last_time = j.at
     from (
       select provider_id, count(*) as jobs, sum(tasks_completed) as completed, sum(tasks_failed) as failed, max(time) as at
       from job group by provider_id
     ) as j where j.provider_id = p.id`,
  );
}

/** A few of a network's daily figures: what is measured is how they are read. */
async function seedMetrics(url, { days }) {
  await run(
    url,
    `insert into metric (id, method_version)
     select id, 1 from unnest(array['economy.gmv', 'jobs.success', 'price.settledIndex', 'jobs.opened']) as id
     on conflict do nothing`,
  );
  await run(
    url,
    `insert into metric_subject (kind, id, network_id) select 'network', id, id from network on conflict do nothing`,
  );
  await run(
    url,
    `insert into metric_day (subject_key, metric_key, day, num, den, n)
     select s.subject_key, m.metric_key, $1::int / 24 - $2::int + day, 1000 + day, 2000, 100
     from metric_subject s, metric m, generate_series(0, $2::int - 1) as day`,
    [TO_HOUR, days],
  );
}
