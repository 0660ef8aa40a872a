import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hour that windows end with stands once for a network, so that an hour that passes rewrites only those it changes. Outages are
 * summed from their index alone, and found by where they begin; those that hold a slot, among the few that are long or end soon
 * after it.
 */
export class Windows1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table window_end (
        network_id text primary key,
        to_hour integer not null,
        members numeric not null
      );
      insert into window_end (network_id, to_hour, members)
      select s.network_id, max(w.to_hour), 0
      from uptime_window w join metric_subject s on s.subject_key = w.subject_key
      where s.kind = 'network'
      group by s.network_id;
      alter table uptime_window drop column to_hour;
      alter table outage drop constraint outage_pkey;
      alter table outage add primary key (node_key, from_slot) include (last_slot, down, ended);
      create index outage_from on outage (from_slot);
      create index outage_long on outage (last_slot) where last_slot - from_slot >= 360;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index outage_long, outage_from;
      alter table outage drop constraint outage_pkey;
      alter table outage add primary key (node_key, from_slot);
      alter table uptime_window add column to_hour integer;
      update uptime_window w set to_hour = e.to_hour
      from metric_subject s join window_end e on e.network_id = s.network_id
      where s.subject_key = w.subject_key;
      delete from uptime_window where to_hour is null;
      alter table uptime_window alter column to_hour set not null;
      drop table window_end;
    `);
  }
}
