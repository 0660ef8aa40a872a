import type { AbiEvent, AbiParameter } from 'viem';
import { parseAbiItem } from 'viem/utils';

/**
 * An event as Solidity declares it: `event Name(type indexed name, …)`, tuples written out. Throws what does not parse.
 *
 * Solidity lets a parameter of a deployed contract bear a name that is a keyword in later versions, and other compilers
 * know no such keywords; viem refuses them. Names have no part in a topic, so they are disguised while viem reads them.
 */
export function parseEvent(signature: string): AbiEvent {
  const event = parseAbiItem(signature.replace(NAME_OF_PARAMETER, `$1${DISGUISE}$2`)) as AbiEvent;
  return { ...event, inputs: event.inputs.map(unmask) as AbiEvent['inputs'] };
}

/** A name stands behind its type, or behind `indexed`, and before a comma or a bracket. */
const NAME_OF_PARAMETER = /((?:[\w)\]]) )(?!indexed\b)([A-Za-z_$][\w$]*)(?=\s*[,)])/g;
const DISGUISE = 'named_';

function unmask(input: AbiParameter): AbiParameter {
  const name = input.name?.startsWith(DISGUISE) ? input.name.slice(DISGUISE.length) : input.name;
  const shown = name === undefined ? input : { ...input, name };
  return 'components' in shown ? { ...shown, components: shown.components.map(unmask) } : shown;
}
