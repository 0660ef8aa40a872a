/**
 * `node loadGenerator.mjs <settings as JSON>`: sends batches at a fixed rate, whatever comes back, and prints one line of JSON:
 * what was answered, and how long it took from the moment at which each batch was due.
 */
import { createHmac, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { headerNames, toHeaders, toSignedBytes } from '../../../dist/schema/heartbeat/envelope.js';
import { toSlot } from '../../../dist/schema/heartbeat/slots.js';
import { createConnections } from './createConnections.mjs';
import { NODES_PER_SESSION, toBeacon, toDelegationId, toPrivateKey } from './seedWorld.mjs';

/** How often due batches are sent. */
const TICK_MS = 4;
const GIVE_UP_MS = 20_000;

const settings = JSON.parse(process.argv[2]);
const { url, beatsPerSecond, seconds, batch, sessions, mode, macSecrets = {}, connections = 512, address } = settings;
const beacon = toBeacon();
const post = createConnections({ url, connections, address, giveUpMs: GIVE_UP_MS });
const batchesPerSession = NODES_PER_SESSION / batch;
const keys = new Map();
const counters = new Map();
const outcome = {
  sent: 0,
  answered: 0,
  failed: 0,
  codes: {},
  statuses: {},
  written: 0,
  refused: 0,
  late: 0,
  duplicate: 0,
};
const delays = [];

function prepare(session) {
  keys.set(session, mode === 'mac' ? Buffer.from(macSecrets[session].slice(2), 'hex') : toPrivateKey(session));
  counters.set(session, settings.firstCounter ?? 0);
}

/** Batch number n: sessions in turn, so that neighbours in time belong to different ones. */
function toBatch(index, now) {
  const number = (settings.firstBatch ?? 0) + index;
  const session = (settings.firstSession ?? 0) + (number % sessions);
  const group = Math.floor(number / sessions) % batchesPerSession;
  const slot = toSlot(now);
  const beats = Array.from({ length: batch }, (_, place) => ({
    node: group * batch + place,
    slot,
    sentAt: now,
    rttUs: 12_000 + ((number * 31 + place * 7) % 9_000),
    utilPermille: (number * 13 + place * 17) % 1_001,
    memoryPermille: (number * 7 + place * 29) % 1_001,
    jobs: (number + place) % 8,
  }));
  const body = Buffer.from(JSON.stringify({ beats }));
  const counter = (counters.get(session) ?? 0) + 1;
  counters.set(session, counter);
  const envelope = { delegation: toDelegationIdOf(session), counter, firstSlot: slot, lastSlot: slot, beacon };
  return {
    body,
    headers: { 'content-type': 'application/json', ...toHeaders(envelope), ...toProof(session, envelope, body) },
  };
}

const ids = new Map();
function toDelegationIdOf(session) {
  const known = ids.get(session);
  if (known) return known;
  const id = toDelegationId(session);
  ids.set(session, id);
  return id;
}

function toProof(session, envelope, body) {
  if (mode === 'forged') return { [headerNames.signature]: `0x${'5a'.repeat(64)}` };
  const bytes = toSignedBytes(envelope, body);
  const key = keys.get(session);
  return mode === 'mac'
    ? { [headerNames.mac]: `0x${createHmac('sha256', key).update(bytes).digest('hex')}` }
    : { [headerNames.signature]: `0x${sign(null, bytes, key).toString('hex')}` };
}

async function send(number, dueAt) {
  const { body, headers } = toBatch(number, Date.now());
  outcome.sent += 1;
  try {
    const { status, text } = await post('/v1/heartbeats', headers, body);
    const answer = JSON.parse(text);
    delays.push(performance.now() - dueAt);
    outcome.answered += 1;
    outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1;
    outcome.codes[answer.code] = (outcome.codes[answer.code] ?? 0) + 1;
    const counts = answer.counts ?? answer;
    for (const name of ['written', 'duplicate', 'late', 'refused']) outcome[name] += counts[name] ?? 0;
  } catch (thrown) {
    outcome.failed += 1;
    outcome.error ??= String(thrown?.message ?? thrown);
  }
}

for (let session = 0; session < sessions; session++) prepare((settings.firstSession ?? 0) + session);
const perMs = beatsPerSecond / batch / 1_000;
const total = Math.floor(perMs * seconds * 1_000);
const pending = new Set();
process.stdout.write('ready\n');
if (settings.startAt) await sleep(Math.max(0, settings.startAt - Date.now()));
const startedAt = performance.now();
for (let number = 0; number < total; ) {
  const due = Math.min(total, Math.floor((performance.now() - startedAt) * perMs));
  for (; number < due; number++) {
    const one = send(number, startedAt + number / perMs).finally(() => pending.delete(one));
    pending.add(one);
  }
  await sleep(TICK_MS);
}
const sendSeconds = (performance.now() - startedAt) / 1_000;
await Promise.race([Promise.all(pending), sleep(GIVE_UP_MS)]);
const usage = process.cpuUsage();
delays.sort((one, other) => one - other);
const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))];
const result = {
  ...outcome,
  sendSeconds,
  seconds: (performance.now() - startedAt) / 1_000,
  p50: at(0.5),
  p99: at(0.99),
  max: at(1),
  cpuSeconds: (usage.user + usage.system) / 1e6,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
