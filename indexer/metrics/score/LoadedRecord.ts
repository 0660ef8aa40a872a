import type pg from 'pg';
import { toDay } from '../../../schema/heartbeat/slots.js';
import {
  createPreparation,
  type Preparation,
  type PreparedRecord,
} from '../../../schema/metrics/formulas/score/prepareRecord.js';
import { scoreMethod } from '../../../schema/metrics/formulas/score/scoreMethod.js';
import { createSlotHistory } from './createSlotHistory.js';
import { createTradeHistory } from './createTradeHistory.js';
import { type Firsts, loadFirsts } from './loadFirsts.js';
import { createHardwareHistory } from './loadHardware.js';
import { loadIncidents } from './loadIncidents.js';
import { loadProviders } from './loadProviders.js';
import { toRecordHead } from './loadRecord.js';
import { readOutcomes } from './readOutcomes.js';
import type { Scope } from './Scope.js';

/** All that the scores of a network are made of, as far as it was asked for, in a form that takes what is new. */
export interface LoadedRecord {
  /** Whether what it has reaches back far enough for scores as of an hour, and not much further. */
  readonly isFor: (fromHour: number) => boolean;
  /** Brings it to what the database says, where nothing of before the hour `since` has changed. */
  readonly refresh: (client: pg.ClientBase, scope: Scope, since: RefreshOptions) => Promise<Refreshed>;
}

export interface RefreshOptions {
  /** The first hour of unix time of which anything may have changed. */
  readonly since: number;
  /** The first hour as of which scores are asked for. */
  readonly fromHour: number;
}

export interface Refreshed {
  readonly firsts: Firsts;
  /** Until the next refresh. */
  readonly prepared: PreparedRecord;
}

/** With nothing in it. */
export function createLoadedRecord(): LoadedRecord {
  const trade = createTradeHistory();
  const hardware = createHardwareHistory();
  const slots = createSlotHistory();
  let preparation: Preparation | undefined;
  /** The first hour as of which outcomes were asked for. */
  let floor = Number.POSITIVE_INFINITY;
  return {
    isFor: (fromHour) => floor <= fromHour && fromHour - floor < LONGEST_HOURS,
    refresh: async (client, scope, { since, fromHour }) => {
      const firsts = await loadFirsts(client, scope);
      const providers = await loadProviders(client, scope, {
        recipients: await trade.refreshRecipients(client, scope, since),
        hardware: await hardware.refresh(client, scope, since),
      });
      const { prices, ...traded } = await trade.refresh(client, scope, { since, providers });
      const fromDay = toDay(fromHour) - scoreMethod.availability.days;
      const base = {
        ...toRecordHead(scope, firsts),
        ...{ providers, ...traded },
        slots: await slots.refresh(client, scope, { since, fromDay }),
        incidents: await loadIncidents(client, scope),
      };
      floor = Math.min(floor, fromHour - BACK_HOURS);
      preparation ??= createPreparation({ feeReference: base.feeReference, running: [], keepSources: false });
      preparation.cut(since * 3_600);
      await readOutcomes(client, scope, { since, fromHour: floor, onOutcome: preparation.take });
      return { firsts, prepared: preparation.finish(base, { prices }) };
    },
  };
}

/** A month more than is asked for: facts that come late ask for scores as of days that are past. */
const BACK_HOURS = 31 * 24;
/** What counts no more is let go of about once a quarter. */
const LONGEST_HOURS = BACK_HOURS + 92 * 24;
