import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one observer received from a node in an hour: kept for ever. Sums are over the beats that count, in slots of `up`. */
@Entity('node_hour')
@Index('node_hour_hour', { synchronize: false })
export class NodeHour {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  hour: number;

  @PrimaryColumn('smallint')
  observer: number;

  @Column('bigint')
  up: string;

  /** Slots whose beat came after the grace; a slot may be in both. */
  @Column('bigint')
  late: string;

  @Column('integer')
  rttSumUs: number;

  @Column('integer')
  rttMaxUs: number;

  @Column('integer')
  utilSumPermille: number;

  @Column('smallint')
  rttCount: number;

  @Column('smallint')
  utilCount: number;
}
