import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is derived of facts and readings, and may be dropped and made again at any time (ARCHITECTURE.md, "Three kinds of row").
 * `hour` and `day` are whole hours and days of unix time. Marks become append-only: the roller takes those it can see, and a
 * writer that marks the same hour meanwhile neither waits for it nor is overlooked.
 */
export class Metrics1700000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Nobody has rolled anything: a network's first turn begins with its first block, whatever is marked.
    await runner.query(`
      delete from mark;
      alter table mark drop constraint mark_pkey;
      alter table mark add column mark_id bigint generated always as identity primary key;
    `);
    await runner.query(outcomes);
    await runner.query(series);
    await runner.query(reliability);
    await runner.query(scores);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table score, operator_member, removed_pair, uptime_window, outage, metric_day, metric_hour, metric_subject, metric,
        metric_progress, task_outcome;
      delete from mark m using mark o where o.family = m.family and o.subject = m.subject and o.hour = m.hour
        and o.mark_id < m.mark_id;
      alter table mark drop column mark_id;
      alter table mark add primary key (family, subject, hour);
    `);
  }
}

/** What became of each attempt at a task, as it was known from one moment to another. */
const outcomes = `
  create table task_outcome (
    job_id text not null,
    task_id text not null,
    part smallint not null,
    network_id text not null,
    chain_id bigint not null,
    provider_id text,
    node_id text,
    buyer text,
    kind text not null,
    known_from timestamptz not null,
    known_to timestamptz,
    height bigint,
    log_index integer,
    derived boolean not null,
    assigned_time timestamptz,
    started_time timestamptz,
    deadline timestamptz,
    gpu_model text,
    gpus integer,
    price numeric,
    price_scale smallint,
    paid numeric,
    fee numeric,
    primary key (job_id, task_id, part)
  );
  create index task_outcome_network on task_outcome (network_id, known_from);
  create index task_outcome_provider on task_outcome (provider_id, known_from) where provider_id is not null;
  create index task_outcome_ended on task_outcome (network_id, known_to) where known_to is not null;
`;

const series = `
  create table metric (
    metric_key smallint generated always as identity primary key,
    id text not null unique,
    method_version integer not null
  );
  create table metric_subject (
    subject_key integer generated always as identity primary key,
    kind text not null,
    id text not null,
    network_id text not null,
    unique (kind, id)
  );
  create index metric_subject_network on metric_subject (network_id, kind);
  create table metric_hour (
    subject_key integer not null,
    metric_key smallint not null,
    hour integer not null,
    num numeric,
    den numeric,
    n bigint not null,
    detail jsonb,
    primary key (subject_key, metric_key, hour)
  );
  create index metric_hour_hour on metric_hour (hour);
  create table metric_day (
    subject_key integer not null,
    metric_key smallint not null,
    day integer not null,
    num numeric,
    den numeric,
    n bigint not null,
    detail jsonb,
    primary key (subject_key, metric_key, day)
  );
  create index metric_day_day on metric_day (day);
  create table metric_progress (
    network_id text primary key,
    rolled_time timestamptz,
    rolled_height bigint,
    method_digest text not null
  );
`;

const reliability = `
  create table outage (
    node_key integer not null,
    from_slot integer not null,
    last_slot integer not null,
    down integer not null,
    ended boolean not null,
    primary key (node_key, from_slot)
  );
  create index outage_last on outage (last_slot);
  create table uptime_window (
    subject_key integer not null,
    days smallint not null,
    to_hour integer not null,
    nodes integer not null,
    up bigint not null,
    known bigint not null,
    expected bigint not null,
    maintenance bigint not null,
    maintenance_up bigint not null,
    failures integer not null,
    repairs integer not null,
    repaired_down bigint not null,
    outage_down bigint not null,
    longest_down integer not null,
    effective_n numeric,
    lower numeric,
    upper numeric,
    primary key (subject_key, days)
  );
`;

const scores = `
  create table removed_pair (
    network_id text not null,
    day integer not null,
    buyer text not null,
    provider_id text not null,
    reason text not null,
    primary key (network_id, day, buyer, provider_id)
  );
  create table operator_member (
    provider_id text primary key,
    network_id text not null,
    operator_id text not null,
    links jsonb not null
  );
  create index operator_member_operator on operator_member (operator_id);
  create table score (
    subject_key integer not null,
    hour integer not null,
    method_version smallint not null,
    score numeric,
    availability numeric,
    job_success numeric,
    promise numeric,
    integrity numeric,
    lost_availability numeric,
    lost_job_success numeric,
    lost_promise numeric,
    lost_integrity numeric,
    evidence text not null,
    evidence_weight numeric not null,
    buyers_effective numeric,
    detail jsonb not null,
    primary key (subject_key, hour)
  );
  create index score_hour on score (hour);
`;
