import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Environment, integer, optionalText, readEnv, text, type Variable } from '../../schema/lib/readEnv.js';

export const webVariables = {
  HOST: text('Address the servers listen on.', '127.0.0.1'),
  WEB_PORT: integer('Port of the web explorer when it runs alone.', 4341, { min: 0, max: 65_535 }),
  WEB_PUBLIC_URL: optionalOrigin(
    'Where browsers reach the web explorer, for the addresses that search engines are told; unset: relative ones.',
  ),
  API_URL: text('GraphQL endpoint the web explorer asks when it runs alone.', 'http://127.0.0.1:4340/graphql'),
  API_PUBLIC_URL: optionalText(
    'Where browsers reach the API, for the playground and files, when the web explorer runs alone; unset: as API_URL says.',
  ),
  WEB_API_KEY: optionalText(
    'Key of the API for a web explorer that runs alone; unset: all of its visitors are one client.',
  ),
};

export interface WebConfig {
  readonly host: string;
  readonly port: number;
  readonly apiUrl: string;
  readonly apiKey?: string | undefined;
  /** Where browsers reach the API; the origin of `apiUrl` when absent. */
  readonly apiPublicUrl?: string | undefined;
  /** Origin by which browsers reach the pages. */
  readonly publicUrl?: string | undefined;
  /** Folder with `client/` and `server/index.js`, as `npm run build` writes it. */
  readonly buildDir: string;
}

export function readWebConfig(env: Environment): WebConfig {
  const { HOST, WEB_PORT, WEB_PUBLIC_URL, API_URL, API_PUBLIC_URL, WEB_API_KEY } = readEnv(webVariables, env);
  return Object.freeze({
    ...{ host: HOST, port: WEB_PORT, apiUrl: API_URL, apiPublicUrl: API_PUBLIC_URL, apiKey: WEB_API_KEY },
    ...{ publicUrl: WEB_PUBLIC_URL, buildDir: findBuildDir() },
  });
}

function optionalOrigin(description: string): Variable<string | undefined> {
  const expected = 'an address such as https://scan.example, without a path';
  return {
    description,
    fallback: undefined,
    parse(value) {
      if (!/^https?:\/\/[a-z0-9.:[\]-]+$/i.test(value)) throw new Error(expected);
      return new URL(value).origin;
    },
  };
}

/** `web/build` of the project, seen from this file or from its compiled copy under `dist/`. */
export function findBuildDir(): string {
  return path.join(findProjectDir(), 'web/build');
}

/** The project itself, where its documents lie. */
export function findProjectDir(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const project = path.resolve(here, '../..');
  return path.basename(project) === 'dist' ? path.dirname(project) : project;
}

/**
 * Runs `load` as in production: React picks its server build when it is loaded, and the other one renders several
 * times slower. The rest of the process keeps its own setting.
 */
export async function loadForProduction<T>(load: () => Promise<T>): Promise<T> {
  const env: Record<string, string | undefined> = process.env;
  const before = env.NODE_ENV;
  env.NODE_ENV = 'production';
  try {
    return await load();
  } finally {
    if (before === undefined) delete env.NODE_ENV;
    else env.NODE_ENV = before;
  }
}
