import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was received of an hour and is not rolled up yet: closing the hour moves it into `node_hour`. Bits are only ever added. */
@Entity('node_hour_open')
export class NodeHourOpen {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  hour: number;

  @PrimaryColumn('smallint')
  observer: number;

  @Column('bigint')
  up: string;

  @Column('bigint')
  late: string;
}
