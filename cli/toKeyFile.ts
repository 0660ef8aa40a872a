import { resolve } from 'node:path';
import { readApiConfig } from '../api/config.js';
import type { Environment } from '../schema/lib/readEnv.js';
import { readCliConfig, toDataDirs } from './config.js';

/** Where this instance's key is: every command means the same file, from wherever it is called. */
export function toKeyFile(root: string, env: Environment): string {
  const { keyFile } = readApiConfig(env);
  return keyFile ? resolve(root, keyFile) : toDataDirs(root, readCliConfig(env).COMPUTESCAN_DATA).keyFile;
}
