import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A place from which nodes are seen: one gateway, or several behind one address. Observers of one group have one vote. */
@Entity('observer')
export class Observer {
  @PrimaryGeneratedColumn('identity', { type: 'smallint', generatedIdentity: 'ALWAYS' })
  observer: number;

  @Column('text', { unique: true })
  name: string;

  @Column('text')
  networkGroup: string;
}
