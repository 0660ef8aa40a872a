import type { FileQuestion } from '../FileQuestion.js';
import type { FileHeader } from './FileHeader.js';

/** Says what is in the file, of which network, as of when: `computescan-jobs-iexec-devnet-block-100.csv`. Plain characters alone. */
export function toFileName({ noun, subject, format }: FileQuestion, { asOf, generatedAt }: FileHeader): string {
  const [only, ...others] = asOf.chains;
  const when =
    only?.height && others.length === 0
      ? `block-${only.height}`
      : (asOf.time ?? generatedAt).replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  const parts = ['computescan', noun, ...(subject === null ? [] : [subject]), when];
  return `${parts.map(toPlain).join('-')}.${format}`;
}

function toPlain(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9.]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return plain.slice(0, MAX_CHARACTERS) || 'x';
}

const MAX_CHARACTERS = 80;
