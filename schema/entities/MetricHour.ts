import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A figure of one hour; see MetricDefinition for what `num`, `den` and `n` hold. */
@Entity('metric_hour')
@Index('metric_hour_hour', { synchronize: false })
export class MetricHour {
  @PrimaryColumn('integer')
  subjectKey: number;

  @PrimaryColumn('smallint')
  metricKey: number;

  @PrimaryColumn('integer')
  hour: number;

  @Column('numeric', { nullable: true })
  num: string | null;

  @Column('numeric', { nullable: true })
  den: string | null;

  @Column('bigint')
  n: string;

  @Column('jsonb', { nullable: true })
  detail: Record<string, unknown> | null;
}
