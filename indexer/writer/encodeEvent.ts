import type { DecodedLog } from '../events/logs.js';
import { CopyBuffer } from './CopyBuffer.js';
import { hashLeaf, toCanonicalTree, toJsonText } from './digest.js';
import type { Place } from './Place.js';
import type { Ref } from './states.js';
import { toRef } from './toRef.js';

/** Whom a log speaks of, as far as known. */
export interface Subjects {
  provider: Ref | null;
  node: Ref | null;
  job: Ref | null;
  task: Ref | null;
}

/** Adds the row of a log and returns its leaf. */
export type EncodeEvent = (
  rows: CopyBuffer,
  place: Place,
  decoded: DecodedLog,
  kind: string,
  subjects: Subjects,
) => string;

/** Keeps what is the same for all logs of a contract, an event and a kind. */
export function createEventEncoder(): EncodeEvent {
  const shapes = createShapes();
  return (rows, place, decoded, kind, { provider, node, job, task }) => {
    const { log } = decoded;
    const shape = shapes.get(decoded, kind);
    const args = toArgs(shape, decoded.args);
    rows.startRow();
    rows.raw(place.eventFields);
    rows.int32(log.logIndex);
    rows.raw(shape.contractFields);
    rows.hexes(log.topics, shape.topicField);
    rows.hex(log.data);
    rows.raw(shape.nameFields);
    rows.text(args);
    rows.text(provider?.id);
    rows.text(node?.id);
    rows.text(job?.id);
    rows.text(task?.id);
    let topics = '';
    for (const topic of log.topics) topics += topics === '' ? `"${topic}"` : `,"${topic}"`;
    return hashLeaf(
      `["event","${place.keyText}${log.logIndex}${shape.addressJson}${args}${place.blockJson}${log.data}"],["job_id",${job ? job.json : 'null'}${shape.nameJson}${node ? node.json : 'null'}],["provider_id",${provider ? provider.json : 'null'}],["task_id",${task ? task.json : 'null'}${place.timeJson}${topics}${place.txJson}`,
    );
  };
}

/** By name first: comparing the rest costs less than a key of all of it. */
function createShapes(): { get(decoded: DecodedLog, kind: string): Shape } {
  const byName = new Map<string, Shape[]>();
  let count = 0;
  return {
    get(decoded, kind) {
      const { log, network, name } = decoded;
      let shapes = byName.get(name);
      const found = shapes?.find(
        (shape) =>
          shape.address === log.address &&
          shape.topic === log.topics[0] &&
          shape.kind === kind &&
          shape.networkId === network.definition.id,
      );
      if (found) return found;
      if (!shapes || count >= MAX_SHAPES) {
        if (count >= MAX_SHAPES) byName.clear();
        shapes = [];
        byName.set(name, shapes);
      }
      const shape = createShape(decoded, kind);
      shapes.push(shape);
      count = count >= MAX_SHAPES ? 1 : count + 1;
      return shape;
    },
  };
}

/** Enough for every event of hundreds of contracts. A factory may announce thousands: then they are made anew. */
const MAX_SHAPES = 2_000;

interface Shape {
  readonly networkId: string;
  readonly address: string;
  readonly topic: string | undefined;
  readonly kind: string;
  readonly contractFields: Buffer;
  /** The first topic, which goes with the name; undefined where a log has none. */
  readonly topicField: Buffer | undefined;
  readonly nameFields: Buffer;
  readonly addressJson: string;
  readonly nameJson: string;
  /** Names of the arguments in the decoder's order, and which of them comes first, second … in canonical JSON. */
  readonly names: readonly string[];
  readonly sorted: readonly { readonly name: string; readonly prefix: string }[];
}

function createShape({ log, network, name, args }: DecodedLog, kind: string): Shape {
  const fields = new CopyBuffer('', 0, 256);
  const start = fields.length;
  const [networkId, eventName] = [toRef(network.definition.id), toRef(name)];
  fields.text(networkId.id);
  fields.hex(log.address);
  const middle = fields.length;
  fields.text(eventName.id);
  fields.text(kind);
  const end = fields.length;
  fields.hex(log.topics[0]);
  const bytes = fields.slice(start);
  const names = Object.keys(args);
  return {
    networkId: network.definition.id,
    address: log.address,
    topic: log.topics[0],
    kind,
    contractFields: bytes.subarray(0, middle - start),
    nameFields: bytes.subarray(middle - start, end - start),
    topicField: log.topics[0] && bytes.subarray(end - start),
    addressJson: `",[["address","${log.address}"],["args",`,
    nameJson: `],["kind","${kind}"],["name",${eventName.json}],["network_id",${networkId.json}],["node_id",`,
    names,
    sorted: [...names].sort().map((argument, at) => ({
      name: argument,
      prefix: `${at === 0 ? '{' : ','}${toJsonText(argument)}:`,
    })),
  };
}

/** Canonical JSON of the arguments; an event's logs bear the same names, so their order is settled once. */
function toArgs(shape: Shape, args: Readonly<Record<string, unknown>>): string {
  let count = 0;
  for (const name in args) if (name !== shape.names[count++]) return toCanonicalTree(args);
  if (count === 0 || count !== shape.names.length) return toCanonicalTree(args);
  let json = '';
  for (const { name, prefix } of shape.sorted) {
    const value = args[name];
    if (value === undefined) return toCanonicalTree(args);
    json += prefix + toCanonicalTree(value);
  }
  return `${json}}`;
}
