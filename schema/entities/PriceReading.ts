import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A price that was asked for off chain: a reading, no fact, and in no digest. One row for each thing priced, UTC day and
 * amount, with the first and the last time it was seen; so any order of arrival and any repeat come to the same rows.
 * What holds now are the rows whose `lastSeen` is the last success of their target.
 */
@Entity('price_reading')
@Index('price_reading_provider', { synchronize: false })
@Index('price_reading_target', { synchronize: false })
export class PriceReading {
  @PrimaryColumn('text')
  networkId: string;

  /** Digest of what is priced, by whom it was asked and where: it stands for columns of which some may be null. */
  @PrimaryColumn('bytea')
  thing: Buffer;

  @PrimaryColumn('date')
  day: string;

  @PrimaryColumn('numeric')
  amount: string;

  @Column('text')
  probe: string;

  @Column('text')
  target: string;

  /** Which instance asked. */
  @Column('text')
  observer: string;

  /** Null for a bid to any provider. */
  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  /** `advertised` or `bid`. */
  @Column('text')
  basis: string;

  @Column('text')
  unit: string;

  /** What of it is priced, where one provider prices several things. */
  @Column('text', { nullable: true })
  resource: string | null;

  @Column('text')
  token: string;

  /** Decimals of the amount, where they are not the token's. */
  @Column('smallint', { nullable: true })
  scale: number | null;

  /** What else was said of it: hardware, how many units are on offer. */
  @Column('jsonb', { default: {} })
  attributes: Record<string, unknown>;

  /** Without user and query, which may hold keys. */
  @Column('text')
  sourceUrl: string;

  @Column('timestamptz')
  firstSeen: Date;

  @Column('timestamptz')
  lastSeen: Date;

  /** Until when it counts as fresh. */
  @Column('timestamptz')
  validUntil: Date;
}
