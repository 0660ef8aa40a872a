import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One protocol on one chain, with its running totals. Amounts are base units of `stakeToken` and `workToken`. */
@Entity('network')
export class Network {
  @PrimaryColumn('text')
  id: string;

  @Column('bigint')
  chainId: string;

  @Column('text')
  protocol: string;

  @Column('text')
  title: string;

  @Column('text')
  summary: string;

  @Column('boolean')
  recorded: boolean;

  @Column('text', { nullable: true })
  notice: string | null;

  /** Whether a task without an end has failed once its job's deadline has passed. */
  @Column('boolean', { default: false })
  finalDeadline: boolean;

  @Column('jsonb')
  capabilities: Record<string, unknown>;

  /** How each rule of `Conservation` holds (an object or `true`), or why it cannot be held (a text). */
  @Column('jsonb', { default: {} })
  conservation: Record<string, unknown>;

  @Column('text', { nullable: true })
  workToken: string | null;

  @Column('text', { nullable: true })
  stakeToken: string | null;

  @Column('bigint', { default: '0' })
  providers: string;

  @Column('bigint', { default: '0' })
  nodes: string;

  @Column('bigint', { default: '0' })
  jobs: string;

  @Column('bigint', { default: '0' })
  tasks: string;

  @Column('bigint', { default: '0' })
  tasksCompleted: string;

  @Column('bigint', { default: '0' })
  tasksFailed: string;

  @Column('numeric', { default: '0' })
  stake: string;

  @Column('numeric', { default: '0' })
  paid: string;
}
