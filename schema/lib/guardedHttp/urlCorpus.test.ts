import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Internet, openInternet } from '../../../test/openInternet.js';
import { resolveCorpus, urlCorpus } from '../../../test/urlCorpus.js';
import { createGuardedHttp } from './createGuardedHttp.js';
import { GuardedHttpError } from './GuardedHttpError.js';

describe('the URL corpus', () => {
  let internet: Internet;
  beforeAll(() => {
    internet = openInternet();
  });
  afterAll(() => internet.close());

  const asked: string[] = [];
  const http = createGuardedHttp({
    resolve: async (host) => {
      asked.push(host);
      return resolveCorpus(host);
    },
  });

  const questions = ['get', 'connect'] as const;
  const each = questions.flatMap((question) => urlCorpus.map((entry) => [question, ...entry] as const));

  it.each(each)('%s %j: %s', async (question, url, verdict) => {
    const [connectsBefore, askedBefore] = [internet.connects.length, asked.length];
    const error = await http[question](url).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof GuardedHttpError)) throw new Error(`Expected a GuardedHttpError, got ${String(error)}.`);
    const connects = internet.connects.slice(connectsBefore);
    expect(connects.length > 0 ? connects.join() : error.reason).toBe(verdict);
    // A name is asked for once, and what is no name never.
    expect(asked.length - askedBefore).toBeLessThanOrEqual(1);
    expect(error.message).not.toMatch(/secret|passwd|meta-data/);
  });

  it('holds at least 120 URLs, each once', () => {
    expect(new Set(urlCorpus.map(([url]) => url)).size).toBe(urlCorpus.length);
    expect(urlCorpus.length).toBeGreaterThanOrEqual(120);
  });
});
