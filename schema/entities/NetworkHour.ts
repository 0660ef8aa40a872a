import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many nodes of a network an observer heard in each slot of an hour, and in which slots it was healthy. */
@Entity('network_hour')
export class NetworkHour {
  @PrimaryColumn('text')
  networkId: string;

  @PrimaryColumn('integer')
  hour: number;

  @PrimaryColumn('smallint')
  observer: number;

  /** Sixty counts. */
  @Column('integer', { array: true })
  receipts: number[];

  @Column('bigint')
  healthy: string;
}
