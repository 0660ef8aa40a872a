import type pg from 'pg';
import type { SlotsRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createSlotHistory } from './createSlotHistory.js';
import { compareTexts } from './order.js';
import type { Scope } from './Scope.js';

/** By day and provider what its machines were, from what is rolled up: whole days, of the last one its hours, and outages. */
export async function loadSlots(client: pg.ClientBase, scope: Scope): Promise<readonly SlotsRecord[]> {
  const slots = await createSlotHistory().refresh(client, scope, { since: 0, fromDay: 0 });
  return [...slots].sort((one, other) => one.day - other.day || compareTexts(one.provider, other.provider));
}
