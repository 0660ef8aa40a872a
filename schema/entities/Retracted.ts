import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A job or provider that a rollback touched. */
@Entity('retracted')
export class Retracted {
  @PrimaryColumn('bigint')
  chainId: string;

  /** That of the `Retraction`. */
  @PrimaryColumn('integer')
  number: number;

  /** `job` or `provider`. */
  @PrimaryColumn('text')
  kind: string;

  @PrimaryColumn('text')
  id: string;

  /** Of a job, who did the work and who ordered it, as it stood before. */
  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  buyer: string | null;
}
