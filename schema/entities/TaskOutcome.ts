import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What became of an attempt at a task, and from when to when that was known; see schema/metrics/formulas/jobs/toOutcomes.ts. */
@Entity('task_outcome')
@Index('task_outcome_network', { synchronize: false })
@Index('task_outcome_provider', { synchronize: false })
@Index('task_outcome_ended', { synchronize: false })
@Index('task_outcome_derived', { synchronize: false })
@Index('task_outcome_paid', { synchronize: false })
export class TaskOutcome {
  @PrimaryColumn('text')
  jobId: string;

  @PrimaryColumn('text')
  taskId: string;

  @PrimaryColumn('smallint')
  part: number;

  @Column('text')
  networkId: string;

  @Column('bigint')
  chainId: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('text', { nullable: true })
  buyer: string | null;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  knownFrom: Date;

  @Column('timestamptz', { nullable: true })
  knownTo: Date | null;

  @Column('bigint', { nullable: true })
  height: string | null;

  @Column('integer', { nullable: true })
  logIndex: number | null;

  @Column('boolean')
  derived: boolean;

  @Column('timestamptz', { nullable: true })
  assignedTime: Date | null;

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

  /** Class of the machine by the catalogue of GPUs, or `unknown`: see `toHardwareClass`. */
  @Column('text')
  hardware: string;

  @Column('numeric', { nullable: true })
  price: string | null;

  @Column('smallint', { nullable: true })
  priceScale: number | null;

  @Column('numeric', { nullable: true })
  paid: string | null;

  @Column('numeric', { nullable: true })
  fee: string | null;

  /** From when on both are known. */
  @Column('timestamptz', { nullable: true })
  paidTime: Date | null;
}
