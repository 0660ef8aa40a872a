import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The sum of a node's hours: slots, and sums of readings. */
@Entity('node_day')
@Index('node_day_day', { synchronize: false })
export class NodeDay {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  day: number;

  @Column('smallint')
  up: number;

  @Column('smallint')
  known: number;

  @Column('smallint')
  expected: number;

  /** Known slots in announced maintenance, and those of them that were up. */
  @Column('smallint')
  maintenance: number;

  @Column('smallint')
  maintenanceUp: number;

  /** These, and the readings, are of all observers. */
  @Column('integer')
  late: number;

  @Column('integer')
  rttCount: number;

  @Column('integer')
  utilCount: number;

  @Column('bigint')
  rttSumUs: string;

  @Column('integer')
  rttMaxUs: number;

  @Column('bigint')
  utilSumPermille: string;
}
