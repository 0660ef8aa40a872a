import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The chain's facts. Every table that a block can touch carries `chain_id` and a height, and has one of the three
 * shapes that a height alone can take back: append-only, derived, or versioned (see ARCHITECTURE.md).
 * Amounts are base units in unbounded `numeric`: sums of uint256 pass numeric(78,0).
 */
export class Facts1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(chains);
    await runner.query(nouns);
    await runner.query(appendOnly);
    await runner.query(deltas);
    await runner.query(bookkeeping);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table quarantine, mark, network_delta, provider_delta, stake_change, payout, verification, attempt, job_step,
        event, task, job, node, provider_version, provider, token, network, block, chain;
    `);
  }
}

const chains = `
  create table chain (
    chain_id bigint primary key,
    name text not null,
    recorded boolean not null,
    genesis_hash bytea,
    phase text not null,
    phase_reason text,
    height bigint,
    block_hash bytea,
    block_time timestamptz,
    head_height bigint,
    head_time timestamptz,
    finalized_height bigint,
    seen_at timestamptz
  );
  create table block (
    chain_id bigint not null,
    height bigint not null,
    hash bytea not null,
    parent_hash bytea not null,
    time timestamptz not null,
    primary key (chain_id, height)
  );
  create index block_time on block (chain_id, time);
  create table network (
    id text primary key,
    chain_id bigint not null,
    protocol text not null,
    title text not null,
    summary text not null,
    recorded boolean not null,
    notice text,
    capabilities jsonb not null,
    work_token text,
    stake_token text,
    providers bigint not null default 0,
    nodes bigint not null default 0,
    jobs bigint not null default 0,
    tasks bigint not null default 0,
    tasks_completed bigint not null default 0,
    tasks_failed bigint not null default 0,
    stake numeric not null default 0,
    paid numeric not null default 0
  );
  create table token (
    id text primary key,
    network_id text not null,
    symbol text not null,
    decimals smallint not null,
    address bytea
  );
`;

const nouns = `
  create table provider (
    id text primary key,
    network_id text not null,
    chain_id bigint not null,
    native_id text not null,
    height bigint not null,
    time timestamptz not null,
    owner text,
    name text,
    uri text,
    active boolean,
    terms jsonb not null default '{}',
    jobs bigint not null default 0,
    tasks_completed bigint not null default 0,
    tasks_failed bigint not null default 0,
    stake numeric not null default 0,
    rewarded numeric not null default 0,
    slashed numeric not null default 0,
    paid numeric not null default 0,
    last_height bigint not null,
    last_time timestamptz not null
  );
  create index provider_network on provider (network_id, jobs desc, id);
  create index provider_born on provider (chain_id, height);
  create table provider_version (
    provider_id text not null,
    height_from bigint not null,
    height_to bigint,
    chain_id bigint not null,
    owner text,
    name text,
    uri text,
    active boolean,
    terms jsonb not null default '{}',
    primary key (provider_id, height_from)
  );
  create index provider_version_from on provider_version (chain_id, height_from);
  create index provider_version_to on provider_version (chain_id, height_to);
  create table node (
    id text primary key,
    network_id text not null,
    chain_id bigint not null,
    native_id text not null,
    height bigint not null,
    time timestamptz not null
  );
  create index node_network on node (network_id, id);
  create index node_born on node (chain_id, height);
  create table job (
    id text primary key,
    network_id text not null,
    chain_id bigint not null,
    native_id text not null,
    provider_id text,
    buyer text,
    status text not null,
    volume integer not null,
    tasks_completed integer not null default 0,
    tasks_failed integer not null default 0,
    price numeric,
    provider_price numeric,
    price_token text,
    price_unit text,
    attributes jsonb not null default '{}',
    height bigint not null,
    time timestamptz not null,
    deadline timestamptz,
    ended_height bigint,
    ended_time timestamptz
  );
  create index job_time on job (time desc, id);
  create index job_network on job (network_id, time desc, id);
  create index job_provider on job (provider_id, time desc, id);
  create index job_buyer on job (buyer, time desc, id);
  create index job_status on job (status, time desc, id);
  create index job_born on job (chain_id, height);
  create table task (
    id text primary key,
    job_id text not null,
    network_id text not null,
    chain_id bigint not null,
    native_id text not null,
    position integer not null,
    status text not null,
    height bigint not null,
    started_height bigint,
    started_time timestamptz,
    ended_height bigint,
    ended_time timestamptz,
    attempts integer not null default 0
  );
  create index task_job on task (job_id, position);
  create index task_ended on task (network_id, ended_time) where ended_time is not null;
  create index task_born on task (chain_id, height);
`;

const appendOnly = `
  create table event (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    tx_index integer not null,
    block_hash bytea not null,
    tx_hash bytea not null,
    time timestamptz not null,
    network_id text not null,
    address bytea not null,
    topics bytea[] not null,
    data bytea not null,
    name text not null,
    kind text not null,
    args jsonb not null,
    provider_id text,
    node_id text,
    job_id text,
    task_id text,
    primary key (chain_id, height, log_index)
  );
  create index event_job on event (job_id, height, log_index) where job_id is not null;
  create index event_provider on event (provider_id, height desc, log_index desc) where provider_id is not null;
  create table job_step (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    part smallint not null default 0,
    job_id text not null,
    task_id text,
    node_id text,
    kind text not null,
    time timestamptz not null,
    tx_hash bytea not null,
    detail jsonb not null default '{}',
    primary key (chain_id, height, log_index, part)
  );
  create index job_step_job on job_step (job_id, height, log_index, part);
  create index job_step_task on job_step (task_id, height, log_index, part) where task_id is not null;
  create table attempt (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    part smallint not null default 0,
    task_id text not null,
    job_id text not null,
    provider_id text,
    node_id text,
    time timestamptz not null,
    primary key (chain_id, height, log_index, part)
  );
  create index attempt_task on attempt (task_id, height, log_index);
  create index attempt_provider on attempt (provider_id, node_id);
  create table verification (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    part smallint not null default 0,
    network_id text not null,
    task_id text,
    job_id text,
    provider_id text,
    node_id text,
    mechanism text not null,
    result text not null,
    time timestamptz not null,
    primary key (chain_id, height, log_index, part)
  );
  create index verification_task on verification (task_id, height, log_index);
  create index verification_node on verification (node_id, height, log_index) where node_id is not null;
  create table payout (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    part smallint not null default 0,
    network_id text not null,
    provider_id text,
    job_id text,
    task_id text,
    payer text,
    recipient text not null,
    role text not null,
    for_work boolean not null,
    token text not null,
    amount numeric not null,
    time timestamptz not null,
    tx_hash bytea not null,
    primary key (chain_id, height, log_index, part)
  );
  create index payout_network on payout (network_id, time desc);
  create index payout_provider on payout (provider_id, height desc, log_index desc);
  create index payout_job on payout (job_id, height, log_index);
  create index payout_time on payout (time desc);
  create table stake_change (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    part smallint not null default 0,
    network_id text not null,
    provider_id text,
    node_id text,
    task_id text,
    account text not null,
    kind text not null,
    token text not null,
    amount numeric not null,
    delta numeric not null,
    time timestamptz not null,
    tx_hash bytea not null,
    primary key (chain_id, height, log_index, part)
  );
  create index stake_change_network on stake_change (network_id, time desc);
  create index stake_change_provider on stake_change (provider_id, height desc, log_index desc);
  create index stake_change_account on stake_change (account, height desc, log_index desc);
  create index stake_change_time on stake_change (time desc);
`;

/** Running totals are kept per block, so that a rollback subtracts them and a read as of a block can too. */
const deltas = `
  create table provider_delta (
    chain_id bigint not null,
    height bigint not null,
    provider_id text not null,
    time timestamptz not null,
    jobs bigint not null default 0,
    tasks_completed bigint not null default 0,
    tasks_failed bigint not null default 0,
    stake numeric not null default 0,
    rewarded numeric not null default 0,
    slashed numeric not null default 0,
    paid numeric not null default 0,
    primary key (chain_id, height, provider_id)
  );
  create index provider_delta_provider on provider_delta (provider_id, height desc);
  create table network_delta (
    chain_id bigint not null,
    height bigint not null,
    network_id text not null,
    time timestamptz not null,
    providers bigint not null default 0,
    nodes bigint not null default 0,
    jobs bigint not null default 0,
    tasks bigint not null default 0,
    tasks_completed bigint not null default 0,
    tasks_failed bigint not null default 0,
    stake numeric not null default 0,
    paid numeric not null default 0,
    primary key (chain_id, height, network_id)
  );
  create index network_delta_network on network_delta (network_id, time);
`;

const bookkeeping = `
  create table mark (
    family text not null,
    subject text not null,
    hour timestamptz not null,
    primary key (family, subject, hour)
  );
  create table quarantine (
    chain_id bigint not null,
    height bigint not null,
    log_index integer not null,
    block_hash bytea not null,
    tx_hash bytea not null,
    network_id text not null,
    address bytea not null,
    topics bytea[] not null,
    data bytea not null,
    stage text not null,
    reason text not null,
    time timestamptz not null,
    primary key (chain_id, height, log_index)
  );
`;
