import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A rollback of a chain; the last ones are kept. */
@Entity('retraction')
export class Retraction {
  @PrimaryColumn('bigint')
  chainId: string;

  /** 1, 2, 3, … on its chain, without a gap. */
  @PrimaryColumn('integer')
  number: number;

  /** The last written block before. */
  @Column('bigint')
  fromHeight: string;

  /** The last written block after; null: none was left. */
  @Column('bigint', { nullable: true })
  height: string | null;

  /** False: it took back more than is noted in `retracted`. */
  @Column('boolean')
  complete: boolean;
}
