import { scoreAt } from '../../../schema/metrics/formulas/score/scoreAt.js';
import { createWriter } from '../roll/createWriter.js';
import type { RollStep } from '../roll/RollStep.js';
import { findScoreHours } from './findScoreHours.js';
import { endTurn, isScored, sharePrepared, skipPrepared } from './loadPrepared.js';
import { deleteStaleScores, writeScores } from './writeScores.js';

/**
 * Makes the scores of a network's providers and operators as of each midnight (UTC) that the turn's hours lie before, and as of the head's
 * hour; of hours that are neither, none is kept. Where the step of pairs came before, it has made them: both rest on the same.
 */
export const rollScores: RollStep = async (context) => {
  const { client, network, signal } = context;
  if (isScored(context)) {
    endTurn(context);
    return [];
  }
  const { hours } = await findScoreHours(context);
  await deleteStaleScores(context);
  if (hours.length === 0) {
    await skipPrepared(context);
    return [];
  }
  const prepared = await sharePrepared(context, hours);
  const keys = new Map<string, number>();
  const writer = createWriter();
  for (const hour of hours) {
    signal?.throwIfAborted();
    const at = hour * SECONDS_PER_HOUR;
    const scores = scoreAt(prepared.asOf(at), { at });
    await writer.next(() => writeScores(client, { networkId: network.id, hour, scores, keys }));
  }
  await writer.end();
  endTurn(context);
  return [];
};

const SECONDS_PER_HOUR = 3_600;
