import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Whether a target answered one observer in an hour: a reading, no fact, and in no digest. Bitmaps have a bit for each
 * minute of the hour, as those of heartbeats, and are joined by OR; so any order of arrival and any repeat come to the
 * same row. What a minute means where nobody answered is in `reach_blind`.
 */
@Entity('reach_hour')
@Index('reach_hour_observer', { synchronize: false })
@Index('reach_hour_provider', { synchronize: false })
@Index('reach_hour_node', { synchronize: false })
export class ReachHour {
  @PrimaryColumn('text')
  networkId: string;

  @PrimaryColumn('text')
  probe: string;

  /** Native id of the provider that is asked, or `node:` and that of the machine. */
  @PrimaryColumn('text')
  target: string;

  /** Which instance asked. */
  @PrimaryColumn('text')
  observer: string;

  /** Hours since 1970. */
  @PrimaryColumn('integer')
  hour: number;

  @Column('text')
  host: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  /** Minutes in which it was asked. */
  @Column('bigint')
  asked: string;

  /** Minutes in which it said something, were it that it cannot: proof that the observer was not cut off. */
  @Column('bigint')
  answered: string;

  /** Minutes in which it answered as its probe demands. */
  @Column('bigint')
  reached: string;

  /** Of each of the sixty minutes the longest answer; null where it was not reached. */
  @Column('integer', { array: true })
  latencyUs: (number | null)[];
}
