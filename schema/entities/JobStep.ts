import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What happened to a job or one of its tasks, in order. Append-only: the columns of job and task are folded from it. */
@Entity('job_step')
@Index('job_step_height', { synchronize: false })
@Index('job_step_started', { synchronize: false })
@Index('job_step_provider', { synchronize: false })
export class JobStep {
  @PrimaryColumn('text')
  jobId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  @Column('bigint')
  chainId: string;

  @Column('text', { nullable: true })
  taskId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;

  /** Who was given the job, in a step that gives it to someone. */
  @Column('text', { nullable: true })
  providerId: string | null;
}
