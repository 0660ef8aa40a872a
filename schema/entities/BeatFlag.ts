import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What is odd about a node's beats in an hour, with the slots it was seen in. */
@Entity('beat_flag')
@Index('beat_flag_hour', { synchronize: false })
export class BeatFlag {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  hour: number;

  /** One of `flagReasons`. */
  @PrimaryColumn('text')
  reason: string;

  @Column('bigint')
  slots: string;

  @Column('jsonb', { default: {} })
  detail: Record<string, unknown>;
}
