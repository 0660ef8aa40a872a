import type { AppLoadContext } from '@remix-run/node';
import { readPosition } from './readPosition.js';

/** As of which blocks a file is, a line for each chain, and by whom it was made. */
export async function findFileHead(context: AppLoadContext): Promise<readonly (readonly string[])[]> {
  const { chains, version } = await readPosition(context);
  return [
    ['made by', `computescan ${version ?? ''}`.trim()],
    ...chains.flatMap(({ id, block }) => (block ? [['as of block', `${id}:${block.number}`, block.timestamp]] : [])),
  ];
}
