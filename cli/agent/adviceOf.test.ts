import { readFileSync } from 'node:fs';
import { type VerdictCode, verdicts } from '../../schema/heartbeat/verdicts.js';
import { adviceOf } from './adviceOf.js';

describe('adviceOf', () => {
  const docs = readFileSync(new URL('../../docs/agent.md', import.meta.url), 'utf8');

  it.each(Object.keys(verdicts) as VerdictCode[])('%s: the agent and its page say the same', (code) => {
    expect(adviceOf(code)).toMatch(/^[A-Z].*\.$/);
    // What was taken is no refusal.
    if (code === 'ACCEPTED' || code === 'DUPLICATE') return;
    expect(docs).toContain(`| \`${code}\` | ${adviceOf(code)} |`);
  });
});
