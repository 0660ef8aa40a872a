import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What an hour of a node comes to, by all healthy observers: `up` within `known` within `expected`. Kept for ever. */
@Entity('node_verdict')
@Index('node_verdict_hour', { synchronize: false })
export class NodeVerdict {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  hour: number;

  @Column('bigint')
  up: string;

  /** Slots of which there is a verdict; the rest of the expected ones are UNKNOWN. */
  @Column('bigint')
  known: string;

  /** Slots wholly within the node's life. */
  @Column('bigint')
  expected: string;

  /** Slots of announced maintenance among the expected ones; null: none. */
  @Column('bigint', { nullable: true })
  maintenance: string | null;
}
