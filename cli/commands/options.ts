import { InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../../schema/lib/readEnv.js';

/** An option given on the command line wins over the environment. */
export function withOptions(env: Environment, options: Readonly<Record<string, unknown>>): Environment {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...env, ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])) };
}

export function port(description: string): Option {
  return whole('--port <number>', description, 65_535);
}

/** Arrives as its digits. */
export function whole(flags: string, description: string, max: number = Number.MAX_SAFE_INTEGER): Option {
  return new Option(flags, description).argParser((value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number > max) throw new InvalidArgumentError(`Expected a whole number up to ${max}.`);
    return value;
  });
}

/** Of an option that may be left out. */
export function toNumber(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
