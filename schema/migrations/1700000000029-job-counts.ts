import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many jobs stand how, and how many an address ordered, so that nobody has to count millions. Kept by triggers, once for
 * each statement: whatever writes a job or takes one back, the counts are of the same transaction.
 */
export class JobCounts1700000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table job_count (
        kind text not null,
        value text not null,
        network_id text not null,
        jobs bigint not null,
        primary key (kind, value, network_id)
      ) with (fillfactor = 50);
      insert into job_count (kind, value, network_id, jobs)
      select 'status', status, network_id, count(*) from job group by status, network_id
      union all
      select 'buyer', buyer, network_id, count(*) from job where buyer is not null group by buyer, network_id;
    `);
    await runner.query(countJobs);
    await runner.query(`
      create trigger job_count_added after insert on job
        referencing new table as added for each statement execute function count_jobs();
      create trigger job_count_changed after update on job
        referencing old table as removed new table as added for each statement execute function count_jobs();
      create trigger job_count_removed after delete on job
        referencing old table as removed for each statement execute function count_jobs();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger job_count_added on job;
      drop trigger job_count_changed on job;
      drop trigger job_count_removed on job;
      drop function count_jobs();
      drop table job_count;
    `);
  }
}

/** Who ordered a job never changes. */
const countJobs = `
  create function count_jobs() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      insert into job_count as c (kind, value, network_id, jobs)
      select 'status', status, network_id, count(*) from added group by status, network_id
      union all
      select 'buyer', buyer, network_id, count(*) from added where buyer is not null group by buyer, network_id
      on conflict (kind, value, network_id) do update set jobs = c.jobs + excluded.jobs;
    elsif tg_op = 'DELETE' then
      insert into job_count as c (kind, value, network_id, jobs)
      select 'status', status, network_id, -count(*) from removed group by status, network_id
      union all
      select 'buyer', buyer, network_id, -count(*) from removed where buyer is not null group by buyer, network_id
      on conflict (kind, value, network_id) do update set jobs = c.jobs + excluded.jobs;
    else
      insert into job_count as c (kind, value, network_id, jobs)
      select 'status', status, network_id, sum(jobs) from (
        select status, network_id, 1 as jobs from added
        union all
        select status, network_id, -1 from removed
      ) as moved
      group by status, network_id having sum(jobs) <> 0
      on conflict (kind, value, network_id) do update set jobs = c.jobs + excluded.jobs;
    end if;
    return null;
  end $$;
`;
