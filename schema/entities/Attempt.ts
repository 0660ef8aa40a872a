import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One assignment of a task to a provider, and to a node where the protocol names it. Append-only. */
@Entity('attempt')
@Index('attempt_height', { synchronize: false })
@Index('attempt_provider', { synchronize: false })
export class Attempt {
  @PrimaryColumn('text')
  taskId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  @Column('bigint')
  chainId: string;

  @Column('text')
  jobId: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('timestamptz')
  time: Date;
}
