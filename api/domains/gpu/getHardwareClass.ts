import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { UserError } from '../../../schema/lib/errors.js';
import { assertText } from '../../list/parseId.js';

/** The class that somebody asks for, by its id or as people write it; `unknown` is one, too. Throws where the catalogue has none. */
export function getHardwareClass(given: string): string {
  const hardware = assertText(given);
  const name = hardware.trim().toLowerCase();
  const isKnown = name === 'unknown' || gpuCatalogue.models.some(({ id }) => id === name);
  const found = isKnown ? name : matchGpu(hardware).model?.id;
  if (found) return found;
  throw new UserError(
    `Expected a GPU of the catalogue, got ${JSON.stringify(hardware.slice(0, 80))}: see \`gpuCatalogue\`, or say \`unknown\` for machines that name none.`,
  );
}
