import type { KeyRow } from '../../api/keys/main.js';
import { toTable } from './toTable.js';

const head = ['key', 'name', 'points', 'a second', 'made', 'last used', 'revoked'];

export function toKeysText(keys: readonly KeyRow[]): string {
  if (keys.length === 0) return 'There is no key: `computescan key create` makes one.';
  const lines = keys.map(({ id, name, capacity, perSecond, createdAt, lastUsedAt, revokedAt }) => [
    ...[id, name, String(capacity), String(perSecond)],
    ...[toMinute(createdAt), lastUsedAt ? toMinute(lastUsedAt) : 'never', revokedAt ? toMinute(revokedAt) : ''],
  ]);
  return toTable([head, ...lines], { left: 2 });
}

function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}
