import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../database/openSnapshot.js';
import { createSeriesTeller } from './createSeriesTeller.js';
import type { Group } from './Hub.js';

const toGroup = (subject: string) =>
  ({
    topic: { kind: 'metric', key: subject, metric: 'jobs.success', subject, subjectKind: 'network', grain: 'day' },
    members: new Set([{}]),
  }) as unknown as Group;

describe('figures that take longer than there is patience for', () => {
  it('are read by the next turns, those that were read longest ago first', async () => {
    const read: string[] = [];
    let turn = 0;
    const snapshot = {
      async query(sql: string, parameters: readonly unknown[] = []) {
        const rolled = ['a', 'b', 'c'].map((network) => ({ network, turn: String(turn), number: null }));
        if (sql.includes('metric_progress p\n')) return rolled;
        read.push(...parameters.filter((one): one is string => ['a', 'b', 'c'].includes(one as string)));
        return [];
      },
      beside: () => snapshot,
      release: () => undefined,
    } as unknown as Snapshot;
    const teller = createSeriesTeller();
    const groups = ['a', 'b', 'c'].map(toGroup);
    for (turn = 0; turn < 6; turn += 1) await teller.tell(snapshot, groups, () => true);
    expect([...new Set(read.slice(0, read.length / 2))]).toEqual(['a', 'b', 'c']);
    expect([...new Set(read.slice(read.length / 2))]).toEqual(['a', 'b', 'c']);
  });
});
