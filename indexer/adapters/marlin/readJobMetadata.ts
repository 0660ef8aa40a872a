/**
 * The fields of a job's metadata, as text: `instance`, `region`, `memory`, `vcpu`, `url`, `name`, `family` and what else
 * the owner wrote into the JSON object. Nothing binds the owner to anything, so whatever makes no sense is left out and
 * nothing throws; the metadata as it was stays in the log. Takes text, or bytes as hex, which no JSON text looks like.
 */
export function readJobMetadata(metadata: unknown): Readonly<Record<string, string>> {
  const fields: [string, string][] = [];
  for (const [name, value] of Object.entries(parseObject(toText(metadata)))) {
    const text = findText(value);
    if (text && NAME.test(name)) fields.push([name, text]);
    if (fields.length === MAX_FIELDS) break;
  }
  return Object.fromEntries(fields);
}

/** Real metadata has about ten fields in less than a thousand bytes, but for `init_params`, which may be of any size. */
const MAX_BYTES = 64 * 1024;
const MAX_FIELDS = 16;
const MAX_TEXT = 512;
const NAME = /^[A-Za-z]\w{0,31}$/;

function toText(metadata: unknown): string {
  if (typeof metadata !== 'string') return '';
  if (!metadata.startsWith('0x')) return metadata.length > MAX_BYTES ? '' : metadata;
  return metadata.length > 2 + 2 * MAX_BYTES ? '' : Buffer.from(metadata.slice(2), 'hex').toString('utf8');
}

function parseObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** Lists and objects have no text, nor has what is too long: half a URL would be a wrong one. */
function findText(value: unknown): string | undefined {
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  if (typeof value !== 'string' || value.length > MAX_TEXT) return undefined;
  return value.replace(UNPRINTABLE, '').trim();
}

/** Control characters, lone surrogates, and what turns the direction of the text around it. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu;
