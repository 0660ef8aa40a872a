/** SQL of the columns of a select by their names: `j.id, j.time as "createdAt"` gives id and createdAt, each with its text. */
export function toSelected(columns: string): ReadonlyMap<string, string> {
  let selected = parsed.get(columns);
  if (!selected) {
    selected = new Map(splitColumns(columns).map((column) => [toName(column), column.trim()]));
    parsed.set(columns, selected);
  }
  return selected;
}

/** Of definitions alone, of which there are some twenty. */
const parsed = new Map<string, ReadonlyMap<string, string>>();

function toName(column: string): string {
  const match = /(?:\bas\s+"?|\.)(\w+)"?\s*$/.exec(column);
  if (!match?.[1]) throw new Error(`Expected a column with a name, got ${column.trim()}.`);
  return match[1];
}

/** At commas that stand in no brackets and no quotes. */
function splitColumns(columns: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote: string | undefined;
  let from = 0;
  for (let at = 0; at < columns.length; at++) {
    const character = columns[at];
    if (quote) quote = character === quote ? undefined : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(columns.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, columns.slice(from)];
}
