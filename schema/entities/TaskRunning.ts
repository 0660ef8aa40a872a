import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An attempt at a task of which nobody knows yet what becomes of it, as of the last block that was rolled. */
@Entity('task_running')
@Index('task_running_last', { synchronize: false })
export class TaskRunning {
  @PrimaryColumn('text')
  jobId: string;

  @PrimaryColumn('text')
  taskId: string;

  @Column('text')
  networkId: string;

  @Column('bigint')
  chainId: string;

  @Column('text')
  providerId: string;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('text', { nullable: true })
  buyer: string | null;

  @Column('timestamptz')
  assignedTime: Date;

  @Column('timestamptz', { nullable: true })
  startedTime: Date | null;

  @Column('timestamptz', { nullable: true })
  deadline: Date | null;

  @Column('text', { nullable: true })
  gpuModel: string | null;

  @Column('integer', { nullable: true })
  gpus: number | null;

  @Column('text', { nullable: true })
  region: string | null;

  /** Class of the machine by the catalogue of GPUs, or `unknown`. */
  @Column('text')
  hardware: string;

  /** Of the last step of the task or its job. */
  @Column('timestamptz')
  lastTime: Date;
}
