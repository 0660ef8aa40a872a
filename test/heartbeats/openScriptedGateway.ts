import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Envelope, headerNames, parseEnvelope, toSignedBytes } from '../../schema/heartbeat/envelope.js';
import { type ParsedBeat, parseBatch } from '../../schema/heartbeat/parseBatch.js';
import { paths, type SessionRequest } from '../../schema/heartbeat/session.js';
import type { Anchor } from '../../schema/heartbeat/typedData.js';
import { hashMessage, toDelegationId } from '../../schema/heartbeat/typedData.js';
import { type VerdictCode, verdicts } from '../../schema/heartbeat/verdicts.js';
import { type Hex, toBytes } from '../../schema/lib/hex.js';
import { recoverSigner } from '../../schema/lib/recoverSigner.js';

export interface ReceivedBatch {
  readonly envelope: Envelope;
  readonly body: string;
  readonly signature: string;
  readonly beats: readonly ParsedBeat[];
}

/** `silent`: the connection ends without an answer, after the batch was taken in. */
export type Scripted = VerdictCode | 'silent';

export interface ScriptedGateway {
  readonly url: string;
  readonly sessions: readonly SessionRequest[];
  /** All that came, whatever was answered. */
  readonly batches: readonly ReceivedBatch[];
  readonly notices: readonly { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[];
  /** What is answered next; ACCEPTED, or DUPLICATE for the same bytes again, where nothing is left. */
  readonly script: Scripted[];
  readonly sessionScript: VerdictCode[];
  /** By how much its clock is ahead, ms. */
  clockMs: number;
  until(isThere: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Speaks the protocol over real HTTP and checks every signature; what it answers is up to the test. */
export async function openScriptedGateway(anchor: Anchor): Promise<ScriptedGateway> {
  const sessions: SessionRequest[] = [];
  const batches: ReceivedBatch[] = [];
  const notices: { path: string; body: Record<string, unknown> }[] = [];
  const script: Scripted[] = [];
  const sessionScript: VerdictCode[] = [];
  const known = new Map<string, { readonly request: SessionRequest; counter: number }>();
  const taken = new Map<string, string>();

  const say = (response: ServerResponse, code: VerdictCode, more: object = {}) => {
    const { status, next } = verdicts[code];
    response.writeHead(status, { 'content-type': 'application/json' });
    const serverTime = Date.now() + gateway.clockMs;
    response.end(JSON.stringify({ code, next, message: `the script says ${code}`, beacon, serverTime, ...more }));
  };

  async function open(body: string, response: ServerResponse): Promise<void> {
    const request = JSON.parse(body) as SessionRequest;
    sessions.push(request);
    const scripted = sessionScript.shift();
    if (scripted) return say(response, scripted);
    const hash = hashMessage(anchor, 'Delegate', {
      node: request.account,
      ed25519Pub: request.publicKey,
      validFrom: BigInt(request.validFrom),
      validTo: BigInt(request.validTo),
      scope: request.nodes,
    });
    if ((await recoverSigner(hash, request.signature)) !== request.account) return say(response, 'BAD_SIGNATURE');
    const delegation = toDelegationId(hash);
    const session = known.get(delegation) ?? { request, counter: 0 };
    known.set(delegation, session);
    const offsets = request.nodes.map(() => 0);
    const serverTime = Date.now() + gateway.clockMs;
    response.end(
      JSON.stringify({ delegation, counter: session.counter, slotSeconds: 60, offsets, beacon, serverTime }),
    );
  }

  function take(request: IncomingMessage, body: string, response: ServerResponse): unknown {
    const parsed = parseEnvelope(request.headers);
    if ('flaw' in parsed) return say(response, 'MALFORMED', { message: JSON.stringify(parsed.flaw) });
    const { envelope } = parsed;
    const session = known.get(envelope.delegation);
    if (!session) return say(response, 'UNKNOWN_SESSION');
    const batch = parseBatch(body, { nodes: session.request.nodes.length, ...envelope });
    if ('flaw' in batch) return say(response, 'MALFORMED', { message: JSON.stringify(batch.flaw) });
    const signature = String(request.headers[headerNames.signature]);
    const bytes = toSignedBytes(envelope, Buffer.from(body));
    if (!verify(null, bytes, toKey(session.request.publicKey), toBytes(signature as Hex))) {
      return say(response, 'BAD_SIGNATURE');
    }
    batches.push({ envelope, body, signature, beats: batch.beats });
    const scripted = script.shift();
    const key = `${envelope.delegation} ${envelope.counter}`;
    if (!scripted || scripted === 'silent') {
      const before = taken.get(key);
      const isSame = before === bytes.toString('latin1');
      taken.set(key, before ?? bytes.toString('latin1'));
      session.counter = Math.max(session.counter, envelope.counter);
      if (scripted === 'silent') return request.socket.destroy();
      if (before !== undefined && !isSame) return say(response, 'CONFLICT');
      const counts = { written: isSame ? 0 : batch.beats.length, duplicate: isSame ? batch.beats.length : 0 };
      return say(response, isSame ? 'DUPLICATE' : 'ACCEPTED', { ...counts, late: 0, refused: 0, refusals: [] });
    }
    return say(response, scripted, { written: 0, duplicate: 0, late: 0, refused: 0, refusals: [] });
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (request.url === paths.sessions) void open(body, response);
      else if (request.url === paths.heartbeats) take(request, body, response);
      else {
        notices.push({ path: String(request.url), body: JSON.parse(body) });
        const scripted = sessionScript.shift();
        if (scripted) say(response, scripted);
        else response.end('{}');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gateway: ScriptedGateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ sessions, batches, notices, script, sessionScript, clockMs: 0 },
    async until(isThere) {
      while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gateway;
}

const beacon = `0x${'be'.repeat(32)}`;

function toKey(publicKey: Hex) {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: toBytes(publicKey).toString('base64url') },
    format: 'jwk',
  });
}
