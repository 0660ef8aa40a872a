import { toAnchor } from '../../schema/heartbeat/anchor.js';
import type { Anchor } from '../../schema/heartbeat/typedData.js';
import { UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import { toNounId } from '../../schema/lib/ids.js';
import { addNetworks, getNetwork } from '../../schema/protocols/protocols.js';
import { readNetworkFile } from '../../schema/protocols/readNetworkFile.js';
import type { AgentConfig } from './config.js';

/** For whom an agent speaks, and where. */
export interface Subject {
  readonly network: string;
  readonly anchor: Anchor;
  /** Public ids. */
  readonly nodes: readonly string[];
}

const MAX_NODES = 1_000;

/** Throws UserError for what is missing or unknown. `nodes` in place of those of the settings: a delegation names its own. */
export function toSubject(
  config: AgentConfig,
  signed?: { readonly network: string; readonly nodes: readonly string[] },
): Subject {
  const { COMPUTESCAN_NETWORK_FILE: file } = config;
  if (file) addNetworks(readNetworkFile(file));
  const network = signed?.network ?? config.AGENT_NETWORK;
  if (!network) throw new UserError('Expected the network of the nodes, found none: give --network (AGENT_NETWORK).');
  const { definition } = getNetwork(network);
  const nodes = signed?.nodes ?? toNodeIds(network, config.AGENT_NODES);
  return { network, anchor: toAnchor(definition), nodes };
}

/** Throws UserError where none is given. */
export function getGateway({ AGENT_GATEWAY: gateway }: AgentConfig): URL {
  if (gateway) return gateway;
  throw new UserError('Expected the URL of a gateway, found none: give --gateway (AGENT_GATEWAY).');
}

/** Native ids get their network; those of another one are refused. */
export function toNodeIds(network: string, given: readonly string[]): readonly string[] {
  const ids = given.map((id) => {
    const at = id.indexOf(':');
    if (at < 0) return toNounId(network, id);
    if (id.slice(0, at) === network) return toNounId(network, id.slice(at + 1));
    throw new UserError(`Expected nodes of ${network}, got ${id}. Run one agent for each network.`);
  });
  const unique = [...new Set(ids)];
  if (unique.length >= 1 && unique.length <= MAX_NODES) return unique;
  throw new UserError(
    `Expected from 1 to ${MAX_NODES} nodes, got ${unique.length}: give --node (AGENT_NODES) for each.`,
  );
}

/** For people. */
export function toNames(nodes: readonly string[]): string {
  return nodes.length === 1 ? `${nodes[0]}` : `${nodes.length} nodes`;
}

/** Throws UserError. In lower case: capitals are a checksum for people. */
export function toAddress(text: string): Hex {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text.toLowerCase() as Hex;
  throw new UserError(`Expected an account as 0x and 40 hexadecimal digits, got "${text}".`);
}

/** 65 bytes of a key, or what a contract wallet takes. Throws UserError. */
export function toSignature(text: string): Hex {
  if (/^0x([0-9a-fA-F]{2}){64,4096}$/.test(text)) return text.toLowerCase() as Hex;
  throw new UserError(`Expected a signature as 0x and 130 hexadecimal digits, got ${text.length} characters.`);
}

/** Of a delegation. Throws UserError. */
export function toDelegationName(text: string): Hex {
  if (/^0x[0-9a-fA-F]{32}$/.test(text)) return text.toLowerCase() as Hex;
  throw new UserError(
    `Expected a delegation as 0x and 32 hexadecimal digits, as the agent says at its start, got "${text}".`,
  );
}

/** Unix seconds of an ISO time with its zone, or of unix seconds. Throws UserError. */
export function toSeconds(text: string): number {
  const isIso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const seconds = /^\d{9,11}$/.test(text) ? Number(text) : isIso ? Date.parse(text) / 1_000 : Number.NaN;
  if (Number.isSafeInteger(seconds)) return seconds;
  throw new UserError(`Expected a time such as 2026-01-31T22:00Z, got "${text}".`);
}
