import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What a public source measured of a provider at a time of its own: a reading, no fact, and in no digest. The word of that
 * source, not ours.
 */
@Entity('score_reading')
@Index('score_reading_time', { synchronize: false })
export class ScoreReading {
  @PrimaryColumn('text')
  networkId: string;

  @PrimaryColumn('text')
  providerId: string;

  @PrimaryColumn('text')
  probe: string;

  /** From where the source measured, in its own words. */
  @PrimaryColumn('text')
  region: string;

  /** `success_permille` or `rtt_us`. */
  @PrimaryColumn('text')
  metric: string;

  /** When the source measured. */
  @PrimaryColumn('timestamptz')
  sourceTime: Date;

  /** Which instance asked the source. */
  @PrimaryColumn('text')
  observer: string;

  @Column('bigint')
  value: string;

  /** Without user and query, which may hold keys. */
  @Column('text')
  sourceUrl: string;

  /** When the source was last heard to say so. */
  @Column('timestamptz')
  lastSeen: Date;
}
