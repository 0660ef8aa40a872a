import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How one probe does at one target: when it was asked, when it answered, and why it did not. */
@Entity('probe_target')
@Index('probe_target_due', { synchronize: false })
export class ProbeTarget {
  @PrimaryColumn('text')
  networkId: string;

  @PrimaryColumn('text')
  probe: string;

  /** Native id of the provider that is asked, `node:` and that of a machine, or the name of a public source. */
  @PrimaryColumn('text')
  target: string;

  @PrimaryColumn('text')
  observer: string;

  /** Who is asked, where it is a provider; null for a public source. */
  @Column('text', { nullable: true })
  providerId: string | null;

  /** The machine that is asked, where it is one. */
  @Column('text', { nullable: true })
  nodeId: string | null;

  /** Without user and query, which may hold keys. */
  @Column('text')
  url: string;

  /** Of which no two are asked at a time; the text of a URL that has none. */
  @Column('text')
  host: string;

  @Column('integer')
  intervalSeconds: number;

  @Column('timestamptz')
  nextDue: Date;

  @Column('timestamptz', { nullable: true })
  lastAttempt: Date | null;

  @Column('timestamptz', { nullable: true })
  lastSuccess: Date | null;

  /** In a row. */
  @Column('integer', { default: 0 })
  failures: number;

  /** A word for the kind of failure; also set where an answer was good but for some of its entries. */
  @Column('text', { nullable: true })
  errorReason: string | null;

  @Column('text', { nullable: true })
  errorText: string | null;

  /** Prices in the last good answer. */
  @Column('integer', { default: 0 })
  prices: number;

  /** Entries of the last good answer that made no sense. */
  @Column('integer', { default: 0 })
  refused: number;
}
