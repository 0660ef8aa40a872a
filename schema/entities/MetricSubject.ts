import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Whom or what figures are about, by its number in the tables. */
@Entity('metric_subject')
@Index('metric_subject_network', { synchronize: false })
@Unique('metric_subject_kind_id_key', ['kind', 'id'])
export class MetricSubject {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  subjectKey: number;

  @Column('text')
  kind: string;

  @Column('text')
  id: string;

  @Column('text')
  networkId: string;
}
