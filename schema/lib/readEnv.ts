import { UserError } from './errors.js';

/** One environment variable: how its text becomes a value. `fallback` stands in when it is unset or empty. */
export interface Variable<T> {
  readonly description: string;
  readonly fallback: T;
  /** Returns the value or throws an Error whose message reads after "expected". */
  readonly parse: (text: string) => T;
}

type Values<S extends Record<string, Variable<unknown>>> = {
  readonly [K in keyof S]: S[K] extends Variable<infer T> ? T : never;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every variable of the table, reports every problem at once and returns a frozen object. */
export function readEnv<S extends Record<string, Variable<unknown>>>(variables: S, env: Environment): Values<S> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const text = env[name]?.trim();
    if (!text) {
      values[name] = variable.fallback;
      continue;
    }
    try {
      values[name] = variable.parse(text);
    } catch (thrown) {
      problems.push(`${name}: expected ${(thrown as Error).message}, got "${text}"`);
    }
  }
  if (problems.length > 0) throw new UserError(`Environment: ${problems.join('; ')}. See .env.example.`);
  return Object.freeze(values) as Values<S>;
}

export function text(description: string, fallback: string): Variable<string> {
  return { description, fallback, parse: (value) => value };
}

export function optionalText(description: string): Variable<string | undefined> {
  return { description, fallback: undefined, parse: (value) => value };
}

export function integer(
  description: string,
  fallback: number,
  range: { readonly min: number; readonly max: number },
): Variable<number> {
  return {
    description,
    fallback,
    parse: (value) => {
      const number = Number(value);
      if (!Number.isInteger(number) || number < range.min || number > range.max) {
        throw new Error(`a whole number from ${range.min} to ${range.max}`);
      }
      return number;
    },
  };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** How much is logged, in pino's words. */
export const logLevel: Variable<string> = {
  description: `How much is logged: ${logLevels.join(', ')}.`,
  fallback: 'info',
  parse: (value) => {
    if (!logLevels.includes(value)) throw new Error(`one of ${logLevels.join(', ')}`);
    return value;
  },
};

export function onOff(description: string, fallback: boolean): Variable<boolean> {
  return {
    description,
    fallback,
    parse(value) {
      if (value !== 'on' && value !== 'off') throw new Error('on or off');
      return value === 'on';
    },
  };
}

/** A variable whose absence means something else than any value. */
export function optional<T>(variable: Variable<T>): Variable<T | undefined> {
  return { ...variable, fallback: undefined };
}

export function list(description: string, fallback: readonly string[]): Variable<readonly string[]> {
  return {
    description,
    fallback,
    parse: (value) =>
      value
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
  };
}

/** `a=1,b=2`: one value per key, such as an RPC URL per chain id. */
export function pairs(description: string): Variable<Readonly<Record<string, string>>> {
  return {
    description,
    fallback: {},
    parse: (value) =>
      Object.fromEntries(
        value.split(',').map((entry) => {
          const at = entry.indexOf('=');
          if (at < 1) throw new Error('key=value pairs separated by commas');
          return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
        }),
      ),
  };
}
