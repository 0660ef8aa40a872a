import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many jobs of a network have a value in common. Triggers on `job` keep it; one that was there may come to 0. */
@Entity('job_count')
export class JobCount {
  /** What they have in common: `status`, as it is stored, or `buyer`. */
  @PrimaryColumn('text')
  kind: string;

  @PrimaryColumn('text')
  value: string;

  @PrimaryColumn('text')
  networkId: string;

  @Column('bigint')
  jobs: string;
}
