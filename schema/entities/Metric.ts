import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A figure of the catalogue, by its number in the tables. */
@Entity('metric')
export class Metric {
  @PrimaryGeneratedColumn('identity', { type: 'smallint', generatedIdentity: 'ALWAYS' })
  metricKey: number;

  @Column('text', { unique: true })
  id: string;

  @Column('integer')
  methodVersion: number;
}
