import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The same of one UTC day: the sum of its hours, or computed for the day. */
@Entity('metric_day')
@Index('metric_day_day', { synchronize: false })
export class MetricDay {
  @PrimaryColumn('integer')
  subjectKey: number;

  @PrimaryColumn('smallint')
  metricKey: number;

  @PrimaryColumn('integer')
  day: number;

  @Column('numeric', { nullable: true })
  num: string | null;

  @Column('numeric', { nullable: true })
  den: string | null;

  @Column('bigint')
  n: string;

  @Column('jsonb', { nullable: true })
  detail: Record<string, unknown> | null;
}
