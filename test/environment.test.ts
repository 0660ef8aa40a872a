import { readFileSync } from 'node:fs';
import { apiVariables } from '../api/config.js';
import { agentVariables } from '../cli/agent/config.js';
import { cliVariables } from '../cli/config.js';
import { indexerVariables } from '../indexer/config.js';
import { metricsVariables } from '../indexer/metrics/config.js';
import { readTelemetryConfig, telemetryVariables } from '../indexer/telemetry/config.js';
import { readEnv, type Variable } from '../schema/lib/readEnv.js';
import { webVariables } from '../web/server/config.js';

const tables: Readonly<Record<string, Variable<unknown>>>[] = [
  agentVariables,
  apiVariables,
  cliVariables,
  indexerVariables,
  metricsVariables,
  telemetryVariables,
  webVariables,
];
const variables = Object.assign({}, ...tables) as Readonly<Record<string, Variable<unknown>>>;

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const entries = lines.flatMap((line) => {
    const [, name, value] = /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    return name ? [[name, value ?? ''] as const] : [];
  });

  it('names every variable that a config reads, and no other', () => {
    expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(variables).sort());
  });

  it('shows values that the configs accept, the defaults where there is one', () => {
    for (const [name, value] of entries) {
      const variable = variables[name];
      if (!variable) throw new Error(`${name} is in no config`);
      const parsed = variable.parse(value);
      const { fallback } = variable;
      const isFree =
        fallback === undefined || (typeof fallback === 'object' && Object.keys(fallback ?? {}).length === 0);
      if (!isFree) expect([name, parsed]).toEqual([name, fallback]);
    }
  });
});

describe('readEnv', () => {
  it('reports every problem at once, and says what was expected and what came', () => {
    const read = () => readEnv(variables, { PORT: 'many', INDEX_POLL_MS: '-3', RPC_URLS: 'nonsense' });
    expect(read).toThrow(/PORT: expected a whole number from 0 to 65535, got "many"/);
    expect(read).toThrow(/INDEX_POLL_MS: expected a whole number/);
    expect(read).toThrow(/RPC_URLS: expected chain=url or chain:role=url/);
    expect(read).toThrow(/\.env\.example/);
  });

  it('knows by name what probes may ask', () => {
    const read = (PROBE_SOURCES: string) => () => readTelemetryConfig({ PROBE_SOURCES });
    expect(read('livepeer-stats=https://a.example/x,iexec-market=http://127.0.0.1:1')).not.toThrow();
    for (const wrong of [
      'nobody=https://a.example',
      'livepeer-stats=file:///x',
      'livepeer-stats',
      '__proto__=https://a',
    ]) {
      expect(read(wrong)).toThrow(/PROBE_SOURCES: expected /);
    }
    expect(() => readTelemetryConfig({ PROBES: 'yes' })).toThrow(/PROBES: expected on or off, got "yes"/);
  });

  it('takes an empty value for an unset one', () => {
    expect(readEnv(apiVariables, { PORT: '' }).PORT).toBe(4340);
  });
});
