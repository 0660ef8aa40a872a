import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getMetadataArgsStorage } from 'typeorm';
import { SnakeNaming } from '../SnakeNaming.js';
import { entities } from './entities.js';

/**
 * The columns of all tables as TypeScript, from the decorators of the entities. It is committed as `columns.ts`, so that the API
 * knows its columns without loading TypeORM, which takes longer than all else that a start does.
 */
export function toColumnsText(): string {
  const storage = getMetadataArgsStorage();
  const naming = new SnakeNaming();
  const tables = entities.map((entity) => {
    const columns = storage.columns
      .filter(({ target }) => target === entity)
      .map(({ propertyName, options }) => {
        const type = `${String(options.type)}${options.array ? '[]' : ''}`;
        return `    ${propertyName}: { sql: '${naming.columnName(propertyName, options.name)}', type: '${type}', nullable: ${options.nullable === true} },`;
      });
    const name = storage.tables.find(({ target }) => target === entity)?.name;
    return `  ${name}: {\n${columns.join('\n')}\n  },`;
  });
  return `${head}${tables.sort().join('\n')}\n} as const;\n`;
}

const head = `/**
 * The columns of every table, from the entities: made by npm run schema, and a test holds the two equal. It lets the API know
 * them without TypeORM.
 */
export const columns = {
`;

/** `node dist/schema/entities/printColumns.js schema/entities/columns.ts` */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  if (file) await writeFile(file, toColumnsText());
  else process.stdout.write(toColumnsText());
}
