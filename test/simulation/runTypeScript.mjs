/**
 * `node --import ./test/simulation/runTypeScript.mjs <file.ts>`: runs the project's TypeScript as it stands, for commands
 * that are no part of the product and therefore not in dist/.
 */
import { register } from 'node:module';

register('./typeScriptHooks.mjs', import.meta.url);
