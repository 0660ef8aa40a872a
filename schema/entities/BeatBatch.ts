import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A batch that was committed: by it a resend is known for what it is, at any gateway, for as long as it could be in time. */
@Entity('beat_batch')
@Index('beat_batch_slot', { synchronize: false })
export class BeatBatch {
  @PrimaryColumn('integer')
  delegationKey: number;

  @PrimaryColumn('integer')
  counter: number;

  /** Who received it: a batch may be sent to several. */
  @PrimaryColumn('smallint')
  observer: number;

  @Column('integer')
  firstSlot: number;

  @Column('integer')
  lastSlot: number;

  /** First 16 bytes of the SHA-256 of what was signed. */
  @Column('bytea')
  digest: Buffer;
}
