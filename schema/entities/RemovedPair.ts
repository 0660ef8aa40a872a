import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A buyer and a provider whose trades of a day count for nothing, and why. */
@Entity('removed_pair')
export class RemovedPair {
  @PrimaryColumn('text')
  networkId: string;

  @PrimaryColumn('integer')
  day: number;

  @PrimaryColumn('text')
  buyer: string;

  @PrimaryColumn('text')
  providerId: string;

  @Column('text')
  reason: string;
}
