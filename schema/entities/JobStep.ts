import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What happened to a job or one of its tasks, in order. Append-only: the columns of job and task are folded from it. */
@Entity('job_step')
@Index('job_step_job', { synchronize: false })
@Index('job_step_task', { synchronize: false })
export class JobStep {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  @Column('text')
  jobId: string;

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

  @Column('jsonb', { default: {} })
  detail: Record<string, unknown>;
}
