import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where the windows of a network end, and of whom those of its groups are. */
@Entity('window_end')
export class WindowEnd {
  @PrimaryColumn('text')
  networkId: string;

  /** Not within them: the hour after the last one that is judged. */
  @Column('integer')
  toHour: number;

  /** A digest of which provider, region and class each machine belongs to: another one, and groups are added up anew. */
  @Column('numeric')
  members: string;
}
