import type pg from 'pg';
import { SLOT_SECONDS } from '../../../schema/heartbeat/slots.js';
import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import { transact } from '../../writer/transact.js';
import { registerNodes } from '../beats/registerNodes.js';
import { type Answer, isRefusal, type Refusal } from './Answer.js';
import { checkAccount } from './checkAccount.js';
import { checkScope, refuseForeign, refuseNetwork, type Scope } from './checkScope.js';
import type { Lane } from './createWorkQueue.js';
import {
  exceedsMaintenance,
  exceedsNotices,
  isCovered,
  MAINTENANCE_WINDOW_SLOTS,
  MAX_NOTICES,
  type SlotSpan,
} from './exceedsMaintenance.js';
import type { GatewayContext, Received, ServedNetwork } from './Gateway.js';
import { chargeSource, guardWork, trust } from './guardWork.js';
import { address, malformed, parseJson, readFields, scope, signature, text, whole } from './readFields.js';

/** `POST /v1/maintenance`: minutes in which nodes may be down without blame, said a day ahead. */
export async function announceMaintenance(context: GatewayContext, received: Received): Promise<Answer> {
  return guardWork(context, {
    source: received.source,
    work: async (lane) => announce(context, { ...received, given: parseJson(received.body), lane }),
  });
}

/** Slots have nine digits. */
const MAX_SECONDS = 999_999_999 * SLOT_SECONDS;
const fields = {
  network: text,
  account: address,
  nodes: scope,
  startsAt: whole(0, MAX_SECONDS, 'unix seconds'),
  endsAt: whole(0, MAX_SECONDS, 'unix seconds'),
  signature,
} as const;

async function announce(
  context: GatewayContext,
  asked: Received & { readonly given: unknown; readonly lane: Lane },
): Promise<Answer> {
  const wanted = readFields(asked.given, fields);
  if (isRefusal(wanted)) return wanted;
  const { account, nodes, startsAt, endsAt } = wanted;
  const network = context.networks.get(wanted.network);
  if (!network) return refuseNetwork(context, wanted.network);
  if (startsAt % SLOT_SECONDS !== 0 || endsAt % SLOT_SECONDS !== 0 || endsAt <= startsAt) {
    return malformed('startsAt and a later endsAt on whole minutes of unix time', `${startsAt} and ${endsAt}`);
  }
  const flood = chargeSource(context, asked.source, nodes.length);
  if (flood) return flood;
  const found = await context.desk.run(() => checkScope(context, { network, account, nodes }), asked.lane);
  if (isRefusal(found)) return found;
  const signed = await checkAccount(context, {
    ...{ network, account, type: 'Maintenance', signature: wanted.signature, lane: asked.lane },
    message: { node: account, scope: nodes, startsAt: BigInt(startsAt), endsAt: BigInt(endsAt) },
    mayAskContract: found.foreign === undefined,
  });
  if (isRefusal(signed)) return signed;
  if (found.foreign) return refuseForeign(account, found.foreign);
  trust(context, asked.source);
  const span = { from: startsAt / SLOT_SECONDS, to: endsAt / SLOT_SECONDS };
  const now = context.runtime.wallTime();
  const kept = await context.desk.run(() => keep(context.pool, { network, found, span, account, now }), 'first');
  if (isRefusal(kept)) return kept;
  return { code: kept.added > 0 ? 'ACCEPTED' : 'DUPLICATE', body: { nodes: nodes.length, startsAt, endsAt } };
}

async function keep(
  pool: pg.Pool,
  notice: Omit<Notice, 'keys'> & { readonly network: ServedNetwork; readonly found: Scope },
): Promise<{ readonly added: number } | Refusal> {
  const { network, found, ...rest } = notice;
  const networkId = network.definition.id;
  const keys = await registerNodes(
    pool,
    found.subjects.map(({ nodeId, providerId }) => ({ nodeId, networkId, providerId })),
  );
  return store(pool, { ...rest, keys });
}

interface Notice {
  /** Of `heartbeat_node`. */
  readonly keys: readonly number[];
  readonly span: SlotSpan;
  readonly account: Hex;
  readonly now: Date;
}

/** All of the nodes or none. The rows of the nodes are locked, so that two notices at once cannot pass together. */
async function store(pool: pg.Pool, notice: Notice): Promise<{ readonly added: number } | Refusal> {
  return transact(pool, async (client) => {
    const { keys, span, now } = notice;
    await client.query('select from heartbeat_node where node_key = any($1) order by node_key for update', [keys]);
    const others = await listNotices(client, notice);
    const listOf = (key: number) => others.filter((one) => one.key === key);
    const fresh = keys.filter((key) => !isCovered(span, listOf(key)));
    if (fresh.length === 0) return { added: 0 };
    const early = now.getTime() / 1_000 + NOTICE_SECONDS;
    if (span.from * SLOT_SECONDS < early) return refuseSoon(span, early);
    const spans = fresh.map((key) => [span, ...listOf(key)]);
    if (spans.some(exceedsMaintenance)) return refuseMore();
    if (spans.some(exceedsNotices)) return refuseNotices();
    await insert(client, { ...notice, keys: fresh });
    return { added: fresh.length };
  });
}

const NOTICE_SECONDS = 86_400;

async function listNotices(
  client: pg.ClientBase,
  { keys, span }: Notice,
): Promise<readonly (SlotSpan & { readonly key: number })[]> {
  const { rows } = await client.query<SlotSpan & { key: number }>(
    `select node_key as key, from_slot as from, to_slot as to from maintenance_notice
     where node_key = any($1) and to_slot > $2 and from_slot < $3`,
    [keys, span.from - MAINTENANCE_WINDOW_SLOTS, span.to + MAINTENANCE_WINDOW_SLOTS],
  );
  return rows;
}

async function insert(client: pg.ClientBase, { keys, span, account, now }: Notice): Promise<void> {
  await client.query(
    `insert into maintenance_notice (node_key, from_slot, to_slot, account, received_at)
     select node_key, $2, $3, $4, $5 from unnest($1::integer[]) as given (node_key)`,
    [keys, span.from, span.to, toBytes(account), now],
  );
}

function refuseSoon({ from }: SlotSpan, early: number): Refusal {
  return {
    code: 'TOO_SOON',
    message: `Expected startsAt at least 24 h ahead (${Math.ceil(early)} or later), got ${from * SLOT_SECONDS}: announce a later time.`,
  };
}

function refuseMore(): Refusal {
  return {
    code: 'LIMIT',
    message:
      'Expected at most 8 h of maintenance of a node within any 30 days, got more with what was announced before: announce less.',
  };
}

function refuseNotices(): Refusal {
  return {
    code: 'LIMIT',
    message: `Expected at most ${MAX_NOTICES} notices of maintenance of a node within any 30 days, got more with what was announced before: announce longer spans.`,
  };
}
