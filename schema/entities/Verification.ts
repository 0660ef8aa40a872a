import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A proof or consensus about a task, or a verdict about a node in it. Append-only. */
@Entity('verification')
@Index('verification_task', { synchronize: false })
@Index('verification_node', { synchronize: false })
export class Verification {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  @Column('text')
  networkId: string;

  @Column('text', { nullable: true })
  taskId: string | null;

  @Column('text', { nullable: true })
  jobId: string | null;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('text')
  mechanism: string;

  @Column('text')
  result: string;

  @Column('timestamptz')
  time: Date;
}
