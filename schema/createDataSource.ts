import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { entities } from './entities/entities.js';
import { migrations } from './migrations/migrations.js';
import { SnakeNaming } from './SnakeNaming.js';

/** TypeORM's door: entities, migrations and simple look-ups. */
export function createDataSource(url: string, role: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    migrationsTransactionMode: 'each',
    applicationName: `computescan-${role}`,
  });
}
