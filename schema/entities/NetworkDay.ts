import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The sum of the days of a network's nodes. */
@Entity('network_day')
export class NetworkDay {
  @PrimaryColumn('text')
  networkId: string;

  @PrimaryColumn('integer')
  day: number;

  /** Of which anything was expected. */
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

  @Column('bigint')
  late: string;

  @Column('bigint')
  rttCount: string;

  @Column('bigint')
  utilCount: string;

  @Column('bigint')
  rttSumUs: string;

  @Column('integer')
  rttMaxUs: number;

  @Column('bigint')
  utilSumPermille: string;
}
