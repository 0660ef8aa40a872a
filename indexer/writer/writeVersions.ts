import type pg from 'pg';
import { cleanText, toJson } from './copyRows.js';
import type { VersionChange } from './rows.js';

interface Version {
  provider_id: string;
  chain_id: number;
  height_from: number;
  height_to: number | null;
  owner: string | null;
  name: string | null;
  uri: string | null;
  active: boolean | null;
  terms: Readonly<Record<string, string>>;
}

/**
 * Versions provider attributes: a change names only what changed, the rest carries over from the open version. Within
 * one block the last word counts.
 */
export async function writeVersions(client: pg.ClientBase, changes: readonly VersionChange[]): Promise<void> {
  if (changes.length === 0) return;
  const providers = [...new Set(changes.map((change) => change.provider_id))];
  const { rows: open } = await client.query<Version>(
    'select * from provider_version where height_to is null and provider_id = any($1)',
    [providers],
  );
  const versions = toVersions(open, changes);
  await client.query(insertVersions, [JSON.stringify(versions)]);
  await refreshProviders(client, providers);
}

/** Pure: the open versions and what changed, in order, give the closed and the new open versions. */
export function toVersions(open: readonly Version[], changes: readonly VersionChange[]): readonly Version[] {
  const current = new Map(open.map((version) => [version.provider_id, version]));
  const touched = new Map<string, Version>();
  for (const change of changes) {
    const before = current.get(change.provider_id);
    const next: Version = {
      provider_id: change.provider_id,
      chain_id: change.chain_id,
      height_from: change.height,
      height_to: null,
      owner: change.owner ?? before?.owner ?? null,
      name: change.name === undefined ? (before?.name ?? null) : clip(change.name, MAX_NAME),
      uri: change.uri === undefined ? (before?.uri ?? null) : clip(change.uri, MAX_URI),
      active: change.active ?? before?.active ?? null,
      terms: JSON.parse(toJson({ ...before?.terms, ...change.terms })),
    };
    if (before && before.height_from < change.height) {
      touched.set(toKey(before), { ...before, height_to: change.height });
    }
    touched.set(toKey(next), next);
    current.set(change.provider_id, next);
  }
  return [...touched.values()];
}

/** Providers write these themselves, at any length; the whole stays in `event.data`. Characters. */
const MAX_NAME = 256;
const MAX_URI = 2_048;

function clip(text: string, limit: number): string {
  return cleanText(text.slice(0, limit));
}

/** The provider row shows its open version; after a rollback, the one that is open again, or nothing. */
export async function refreshProviders(client: pg.ClientBase, providers: readonly string[]): Promise<void> {
  await client.query(
    `update provider p
     set owner = v.owner, name = v.name, uri = v.uri, active = v.active, terms = coalesce(v.terms, '{}')
     from (select id from unnest($1::text[]) as asked (id)) asked
     left join provider_version v on v.provider_id = asked.id and v.height_to is null
     where p.id = asked.id`,
    [providers],
  );
}

function toKey(version: Version): string {
  return `${version.provider_id}@${version.height_from}`;
}

const insertVersions = `
  insert into provider_version (provider_id, chain_id, height_from, height_to, owner, name, uri, active, terms)
  select provider_id, chain_id, height_from, height_to, owner, name, uri, active, terms
  from jsonb_to_recordset($1) as version (
    provider_id text, chain_id bigint, height_from bigint, height_to bigint, owner text, name text, uri text,
    active boolean, terms jsonb)
  on conflict (provider_id, height_from) do update
  set height_to = excluded.height_to, owner = excluded.owner, name = excluded.name, uri = excluded.uri,
    active = excluded.active, terms = excluded.terms
`;
