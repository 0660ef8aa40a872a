import { indexerVariables } from '../../indexer/config.js';
import { parseUrl } from '../../schema/lib/parseUrl.js';
import {
  type Environment,
  integer,
  list,
  optionalText,
  readEnv,
  text,
  type Variable,
} from '../../schema/lib/readEnv.js';

const { COMPUTESCAN_NETWORK_FILE } = indexerVariables;

export const agentVariables = {
  COMPUTESCAN_NETWORK_FILE,
  AGENT_GATEWAY: gateway('URL of the gateway that takes the beats'),
  AGENT_NETWORK: optionalText('Network of the nodes'),
  AGENT_NODES: list('Public ids of the nodes, or their native ids, separated by commas', []),
  AGENT_KEY_FILE: optionalText(
    "File with the private key of the node or its operator, in hex; for its owner's eyes only",
  ),
  AGENT_DELEGATION_FILE: optionalText(
    'What was signed elsewhere, in place of a key; unset: delegation.json of the state',
  ),
  AGENT_STATE_DIR: text('Directory of the session key, the counter and what waits', '.data/agent'),
  AGENT_READINGS: onOff(
    'Whether load, memory and hardware of this machine are sent: on or off; unset: on for one node, off for several',
  ),
  AGENT_NVIDIA_SMI: text('The command that tells of NVIDIA GPUs', 'nvidia-smi'),
  AGENT_STATUS_MINUTES: integer('Minutes between two lines that say how it goes; 0 for none', 10, {
    min: 0,
    max: 1_440,
  }),
  AGENT_DELEGATION_DAYS: integer('Days for which a session is signed', 30, { min: 1, max: 366 }),
} as const;

export type AgentConfig = ReturnType<typeof readAgentConfig>;

export function readAgentConfig(env: Environment) {
  return readEnv(agentVariables, env);
}

function gateway(description: string): Variable<URL | undefined> {
  return {
    description,
    fallback: undefined,
    parse(value) {
      const url = parseUrl(value);
      if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
        throw new Error('an http or https URL, such as https://heartbeats.example.org');
      }
      return url;
    },
  };
}

function onOff(description: string): Variable<boolean | undefined> {
  return {
    description,
    fallback: undefined,
    parse(value) {
      if (value !== 'on' && value !== 'off') throw new Error('on or off');
      return value === 'on';
    },
  };
}
