import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A score as it stood at the beginning of an hour; every part of it, and what it lost by each. */
@Entity('score')
@Index('score_hour', { synchronize: false })
export class Score {
  @PrimaryColumn('integer')
  subjectKey: number;

  @PrimaryColumn('integer')
  hour: number;

  @Column('smallint')
  methodVersion: number;

  @Column('numeric', { nullable: true })
  score: string | null;

  @Column('numeric', { nullable: true })
  availability: string | null;

  @Column('numeric', { nullable: true })
  jobSuccess: string | null;

  @Column('numeric', { nullable: true })
  promise: string | null;

  @Column('numeric', { nullable: true })
  integrity: string | null;

  @Column('numeric', { nullable: true })
  lostAvailability: string | null;

  @Column('numeric', { nullable: true })
  lostJobSuccess: string | null;

  @Column('numeric', { nullable: true })
  lostPromise: string | null;

  @Column('numeric', { nullable: true })
  lostIntegrity: string | null;

  @Column('text')
  evidence: string;

  @Column('numeric')
  evidenceWeight: string;

  @Column('numeric', { nullable: true })
  buyersEffective: string | null;

  @Column('jsonb')
  detail: Record<string, unknown>;
}
