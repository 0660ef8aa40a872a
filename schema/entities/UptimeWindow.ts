import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Slots and outages of a subject over the days before `window_end.to_hour`, with bounds of its uptime. */
@Entity('uptime_window')
export class UptimeWindow {
  @PrimaryColumn('integer')
  subjectKey: number;

  @PrimaryColumn('smallint')
  days: number;

  @Column('integer')
  nodes: number;

  @Column('bigint')
  up: string;

  @Column('bigint')
  known: string;

  @Column('bigint')
  expected: string;

  @Column('bigint')
  maintenance: string;

  @Column('bigint')
  maintenanceUp: string;

  @Column('integer')
  failures: number;

  @Column('integer')
  repairs: number;

  @Column('bigint')
  repairedDown: string;

  @Column('bigint')
  outageDown: string;

  @Column('integer')
  longestDown: number;

  @Column('numeric', { nullable: true })
  effectiveN: string | null;

  @Column('numeric', { nullable: true })
  lower: string | null;

  @Column('numeric', { nullable: true })
  upper: string | null;
}
