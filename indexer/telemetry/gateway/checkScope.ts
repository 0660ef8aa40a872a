import type { Hex } from '../../../schema/lib/hex.js';
import type { Refusal } from './Answer.js';
import { findSubjects, hasNodes, type Subject } from './findSubjects.js';
import type { GatewayContext, ServedNetwork } from './Gateway.js';

/** The nodes of a scope in its order, and whether the account may speak for all of them. */
export interface Scope {
  readonly subjects: readonly Subject[];
  /** The first that somebody else speaks for. */
  readonly foreign: Subject | undefined;
}

/** A refusal where the chain does not know one of them. */
export async function checkScope(
  { pool }: GatewayContext,
  asked: { readonly network: ServedNetwork; readonly account: Hex; readonly nodes: readonly string[] },
): Promise<Scope | Refusal> {
  const { network, account, nodes } = asked;
  const found = await findSubjects(pool, { network, ids: nodes });
  const subjects: Subject[] = [];
  for (const nodeId of nodes) {
    const subject = found.get(nodeId);
    if (!subject) return refuseUnregistered(network, nodeId);
    subjects.push(subject);
  }
  return { subjects, foreign: subjects.find(({ speakers }) => !speakers.includes(account)) };
}

export function refuseUnregistered(network: ServedNetwork, nodeId: string): Refusal {
  const { id } = network.definition;
  const noun = hasNodes(network) ? 'node' : 'provider';
  return {
    ...{ code: 'UNREGISTERED', suspect: true },
    message: `Expected a registered ${noun} of ${id} as ${id}:<native id in lower case>, got ${nodeId}: register it on chain and wait until the explorer shows it.`,
  };
}

export function refuseNetwork(context: GatewayContext, network: string): Refusal {
  const served = [...context.networks.keys()].join(', ') || 'none';
  return {
    ...{ code: 'UNREGISTERED', suspect: true },
    message: `Expected a network that this gateway serves (${served}), got ${network.slice(0, 100)}: name one of those.`,
  };
}

export function refuseForeign(account: Hex, { nodeId, speakers }: Subject): Refusal {
  return {
    ...{ code: 'UNAUTHORISED', suspect: true },
    message: `Expected a signature of an account that may speak for ${nodeId} (${speakers.join(', ') || 'the chain names none'}), got ${account}'s: sign with one of those.`,
  };
}
