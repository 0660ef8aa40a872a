import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The piece of a job that runs, derived from its steps. */
@Entity('task')
@Index('task_job', { synchronize: false })
export class Task {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  jobId: string;

  @Column('text')
  networkId: string;

  @Column('bigint')
  chainId: string;

  @Column('text')
  nativeId: string;

  @Column('integer')
  position: number;

  @Column('text')
  status: string;

  @Column('bigint')
  height: string;

  @Column('bigint', { nullable: true })
  startedHeight: string | null;

  @Column('timestamptz', { nullable: true })
  startedTime: Date | null;

  @Column('bigint', { nullable: true })
  endedHeight: string | null;

  @Column('timestamptz', { nullable: true })
  endedTime: Date | null;

  @Column('integer', { default: 0 })
  attempts: number;
}
