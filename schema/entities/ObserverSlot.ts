import { Column, Entity, PrimaryColumn } from 'typeorm';

/** In which seconds of a slot an observer could take beats and commit them. */
@Entity('observer_slot')
export class ObserverSlot {
  @PrimaryColumn('smallint')
  observer: number;

  @PrimaryColumn('integer')
  slot: number;

  @Column('bigint')
  alive: string;
}
