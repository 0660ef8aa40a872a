import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the metrics of a network are rolled: to which block of its chain, and by which methods. */
@Entity('metric_progress')
export class MetricProgress {
  @PrimaryColumn('text')
  networkId: string;

  @Column('timestamptz', { nullable: true })
  rolledTime: Date | null;

  @Column('bigint', { nullable: true })
  rolledHeight: string | null;

  @Column('text')
  methodDigest: string;
}
