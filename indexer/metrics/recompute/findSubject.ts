import type pg from 'pg';
import { UserError } from '../../../schema/lib/errors.js';

/** Whose score is asked for. */
export interface ScoreSubject {
  readonly kind: 'provider' | 'operator';
  /** Public id. */
  readonly id: string;
  readonly networkId: string;
  readonly name: string | null;
}

interface Candidate {
  readonly id: string;
  readonly networkId: string;
  readonly nativeId: string;
  readonly name: string | null;
}

/**
 * By public id, or by what stands for one provider alone: the beginning of its id, with the network or without, or of its name.
 * Throws UserError, which names what is near.
 */
export async function findSubject(client: pg.ClientBase, asked: string): Promise<ScoreSubject> {
  const text = asked.trim().toLowerCase();
  const operator = await findOperator(client, text);
  if (operator) return operator;
  const { rows } = await client.query<Candidate>(
    `select id, network_id as "networkId", native_id as "nativeId", name from provider order by id collate "C"`,
  );
  const exact = rows.filter(({ id, nativeId, name }) =>
    [id, nativeId, name].some((own) => own?.toLowerCase() === text),
  );
  const matching = exact.length > 0 ? exact : rows.filter((row) => text !== '' && startsWith(row, text));
  const [only] = matching;
  if (only && matching.length === 1) return { kind: 'provider', ...only };
  if (only)
    throw new UserError(`Expected one provider, "${asked}" stands for ${describe(matching)}. Give more of the id.`);
  if (rows.length === 0)
    throw new UserError('Expected a provider, but the database holds none: index a network first (computescan up).');
  const near = [...rows]
    .map((row) => ({ row, likeness: toLikeness(row, text) }))
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, NEAR)
    .map(({ row }) => row);
  throw new UserError(
    `Expected a provider's public id, its beginning or its name, got "${asked}", which no provider has. Near: ${describe(near)}.`,
  );
}

/** `<network>:operator:<native id of its first member>` */
async function findOperator(client: pg.ClientBase, id: string): Promise<ScoreSubject | undefined> {
  const { rows } = await client.query<{ networkId: string }>(
    'select network_id as "networkId" from operator_member where operator_id = $1 limit 1',
    [id],
  );
  return rows[0] ? { kind: 'operator', id, networkId: rows[0].networkId, name: null } : undefined;
}

function startsWith({ id, nativeId, name }: Candidate, text: string): boolean {
  return [id, nativeId, name].some((own) => own?.toLowerCase().startsWith(text));
}

const NEAR = 3;

function describe(rows: readonly Candidate[]): string {
  const shown = rows.slice(0, NEAR).map(({ id, name }) => (name ? `${id} (${name})` : id));
  return rows.length > NEAR ? `${rows.length} of them, such as ${shown.join(', ')}` : shown.join(', ');
}

/** Dice's coefficient of pairs of letters, the best of id, native id and name. */
function toLikeness({ id, nativeId, name }: Candidate, text: string): number {
  const asked = toPairs(text);
  return Math.max(
    ...[id, nativeId, name ?? ''].map((own) => {
      const pairs = toPairs(own.toLowerCase());
      const shared = [...asked].filter((pair) => pairs.has(pair)).length;
      return (2 * shared) / Math.max(1, asked.size + pairs.size);
    }),
  );
}

function toPairs(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}
