import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './createSchema.js';

/** The committed form of the schema: sorted, so that a diff shows what changed and nothing else. */
export function toSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** `node dist/api/printSchema.js api/schema.graphql` */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  const sdl = toSdl(await createSchema());
  if (file) await writeFile(file, sdl);
  else process.stdout.write(sdl);
}
