import { livepeerParameters } from '../../../schema/protocols/abis/livepeer.js';
import { livepeerContractIds } from '../../../schema/protocols/livepeer/contractIds.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ContractRead } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex } from '../values.js';
import { type Meanings } from './Meaning.js';

/** The Controller's registry: whose code runs, and whether any may. */
export const registryMeanings: Meanings = {
  SetContractInfo: ({ args }) =>
    toParameter(
      `contract:${contractNames.get(String(args.id)) ?? args.id}`,
      `${hex(args.contractAddress)} ${args.gitCommitHash}`,
    ),
  Pause: () => toParameter('paused', true),
  Unpause: () => toParameter('paused', false),
};

/** The rate per round in parts per 1,000,000,000 (MathUtilsV2); what may be minted at it is a sum, not a rule. */
export const rewardMeanings: Meanings = {
  SetCurrentRewardTokens: ({ args }) => toParameter('inflation', args.currentInflation),
};

/** The log has the name alone. A value that no view tells, or no node remembers, is not known. */
export const parameterMeanings: Meanings = {
  ParameterUpdate: (decoded, reads) => toParameter(String(decoded.args.param), reads.get(toKey(decoded)) ?? 'unknown'),
};

const contractNames: ReadonlyMap<string, string> = new Map(
  Object.entries(livepeerContractIds).map(([name, id]) => [id, name]),
);

/** A parameter as it is at the end of its log's block. */
export function toLivepeerReads(decoded: DecodedLog): readonly ContractRead[] {
  if (decoded.name !== 'ParameterUpdate') return [];
  const { address, blockHash, height } = decoded.log;
  const signature = livepeerParameters[`${decoded.role}.${decoded.args.param}`];
  if (signature === undefined) return [];
  return [{ key: toKey(decoded), address, signature, args: [], blockHash, height, immutable: false }];
}

function toKey({ log, args }: DecodedLog): string {
  return `parameter:${log.address}:${args.param}@${log.blockHash}`;
}

function toParameter(name: string, value: unknown): readonly CanonicalEvent[] {
  return [{ kind: 'parameterChanged', name, value: String(value) }];
}
