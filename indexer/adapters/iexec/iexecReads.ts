import type { Hex } from '../../../schema/lib/hex.js';
import {
  iexecAppName,
  iexecDatasetName,
  iexecIsRegistered,
  iexecOwner,
  iexecViewCategory,
  iexecViewDeal,
  iexecViewDealBoost,
  iexecViewTask,
  iexecWorkerpoolDescription,
} from '../../../schema/protocols/abis/iexec.js';
import type { ContractRead, ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex, ZERO_ADDRESS } from '../values.js';
import { findOrder } from './iexecOrders.js';
import {
  findDeal,
  type TaskPlace,
  toBoostDealKey,
  toCategoryKey,
  toDealKey,
  toEntryAddress,
  toNameKey,
  toOwnerKey,
  toRegisteredKey,
  toTaskKey,
} from './iexecTerms.js';

/**
 * A deal's terms, its category and the names of its app and dataset at its match, a deal's terms again where a task of
 * it is paid, a workerpool's own name: none of them ever changes.
 */
export function toIexecReads(decoded: DecodedLog, known: ReadResults): readonly ContractRead[] {
  const { args } = decoded;
  if (decoded.name === 'Transfer' && decoded.role === 'workerpoolRegistry') {
    const pool = toEntryAddress(args.tokenId);
    return pool ? [readName(decoded, pool, iexecWorkerpoolDescription)] : [];
  }
  if (decoded.role !== 'hub') return [];
  switch (decoded.name) {
    case 'OrdersMatched':
      return readDeal(decoded, known);
    case 'SchedulerNoticeBoost':
      return [
        toRead(decoded, toBoostDealKey(args.dealId), iexecViewDealBoost, [args.dealId]),
        ...readParts(decoded, { app: args.app, dataset: args.dataset, category: args.category as bigint }),
      ];
    case 'ResultPushedBoost':
      return [toRead(decoded, toBoostDealKey(args.dealId), iexecViewDealBoost, [args.dealId])];
    case 'TaskFinalize':
      return readDealOfTask(decoded, known);
    default:
      return readOrder(decoded);
  }
}

function readDeal(decoded: DecodedLog, known: ReadResults): readonly ContractRead[] {
  const { dealid } = decoded.args;
  const deal = findDeal(known, dealid);
  if (!deal) return [toRead(decoded, toDealKey(dealid), iexecViewDeal, [dealid])];
  return readParts(decoded, { app: deal.app.pointer, dataset: deal.dataset.pointer, category: deal.category });
}

function readParts(
  decoded: DecodedLog,
  { app, dataset, category }: { readonly app: unknown; readonly dataset: unknown; readonly category: bigint },
): readonly ContractRead[] {
  return [
    toRead(decoded, toCategoryKey(category), iexecViewCategory, [category]),
    readName(decoded, hex(app), iexecAppName),
    ...(hex(dataset) === ZERO_ADDRESS ? [] : [readName(decoded, hex(dataset), iexecDatasetName)]),
  ];
}

function readDealOfTask(decoded: DecodedLog, known: ReadResults): readonly ContractRead[] {
  const { taskid } = decoded.args;
  const place = known.get(toTaskKey(taskid)) as TaskPlace | undefined;
  return place
    ? [toRead(decoded, toDealKey(place.dealid), iexecViewDeal, [place.dealid])]
    : [toRead(decoded, toTaskKey(taskid), iexecViewTask, [taskid])];
}

/**
 * Whom an app's or a dataset's order binds. An owner may change, seldom: where the state of the order's block is gone and
 * the owner of today answers, a former owner's order counts as nobody's.
 */
function readOrder(decoded: DecodedLog): readonly ContractRead[] {
  const order = findOrder(decoded);
  const registry = decoded.network.definition.contracts.find(({ role }) => role === order?.registry)?.address;
  if (!order || !registry) return [];
  const { entry } = order;
  const owner = { ...toRead(decoded, toOwnerKey(entry, decoded.log.blockHash), iexecOwner, []), address: entry };
  const registered = toRead(decoded, toRegisteredKey(entry), iexecIsRegistered, [entry]);
  return [{ ...registered, address: hex(registry) }, owner];
}

function readName(decoded: DecodedLog, address: Hex, signature: string): ContractRead {
  return { ...toRead(decoded, toNameKey(address), signature, []), address };
}

function toRead({ log }: DecodedLog, key: string, signature: string, args: readonly unknown[]): ContractRead {
  const { address, blockHash, height } = log;
  return { key, address, signature, args, blockHash, height, immutable: true };
}
