import type { CanonicalEvent, NodeAttributes, VerificationMechanism } from '../../events/CanonicalEvent.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex } from '../values.js';
import { toNode, toTask } from './zerogIds.js';
import { type Meanings, servingMeanings } from './zerogServing.js';

/** One machine per provider. Each deliverable is a job of one task, known from when it is delivered. */
export const fineTuningMeanings: Meanings = {
  ...servingMeanings,
  ServiceUpdated: toService,
  ServiceRemoved: (decoded) => {
    const provider = hex(decoded.args.provider);
    return [
      { kind: 'providerUpdated', provider, attributes: { active: false } },
      { kind: 'nodeUpdated', node: toNode(decoded), provider, attributes: { active: false } },
    ];
  },
  ProviderTEESignerAcknowledged: (decoded) => {
    const { provider, teeSignerAddress, acknowledged } = decoded.args;
    const terms = { teeSigner: hex(teeSignerAddress), teeSignerAcknowledged: String(acknowledged) };
    return [{ kind: 'nodeUpdated', node: toNode(decoded), provider: hex(provider), attributes: { terms } }];
  },
  DeliverableAdded: toJob,
  DeliverableAcknowledged: (decoded) => [verify(decoded, 'acknowledgement', 'accepted')],
  // The provider takes back what it had delivered, and goes without pay.
  DeliverableAbandoned: (decoded) => {
    const task = toTask(decoded);
    return [
      { kind: 'taskReopened', task },
      { kind: 'taskFailed', task },
    ];
  },
  // The contract has checked the TEE's signature by now; for what the buyer did not acknowledge it pays a part only.
  FeesSettled: (decoded) => [
    verify(decoded, 'tee', 'accepted'),
    ...(decoded.args.acknowledged ? [] : [verify(decoded, 'acknowledgement', 'rejected')]),
  ],
};

function toService(decoded: DecodedLog): readonly CanonicalEvent[] {
  const { args } = decoded;
  const provider = hex(args.provider);
  const node = toNode(decoded);
  const uri = String(args.url);
  const amount = args.pricePerToken as bigint;
  return [
    { kind: 'providerUpdated', provider, attributes: { owner: provider, uri, active: true } },
    { kind: 'nodeUpdated', node, provider, attributes: { active: true, uri, ...toMachine(decoded) } },
    // Wei of 0G per token.
    {
      kind: 'priced',
      provider,
      node,
      basis: 'advertised',
      unit: 'token',
      resource: 'fine-tuning',
      amount,
      scale: 18,
    },
  ];
}

interface Quota {
  readonly cpuCount: bigint;
  readonly nodeMemory: bigint;
  readonly gpuCount: bigint;
  readonly nodeStorage: bigint;
  readonly gpuType: string;
}

/** As the provider claims; the contract names no units of memory and storage. */
function toMachine({ args }: DecodedLog): NodeAttributes {
  const { cpuCount, nodeMemory, gpuCount, nodeStorage, gpuType } = args.quota as Quota;
  return {
    gpuModel: gpuType,
    ...(gpuCount <= MAX_GPUS ? { gpuCount: Number(gpuCount) } : {}),
    terms: {
      cpuCount: String(cpuCount),
      memory: String(nodeMemory),
      gpuCount: String(gpuCount),
      storage: String(nodeStorage),
      occupied: String(args.occupied),
      teeSigner: hex(args.teeSignerAddress),
    },
  };
}

/** No machine has more: what claims so stays a term, and is counted nowhere. */
const MAX_GPUS = 65_536n;

function toJob(decoded: DecodedLog): readonly CanonicalEvent[] {
  const { args } = decoded;
  const provider = hex(args.provider);
  const task = toTask(decoded);
  return [
    {
      kind: 'jobCreated',
      job: task,
      provider,
      buyer: hex(args.user),
      tasks: [{ task, position: 0 }],
      attributes: {
        deliverableId: String(args.deliverableId),
        modelRootHash: String(args.modelRootHash),
      },
    },
    { kind: 'jobAssigned', job: task, provider },
    { kind: 'taskAttempted', task, node: toNode(decoded) },
    { kind: 'taskCompleted', task },
  ];
}

/** Of the node's part, which is all there is: the task stays completed as it was. */
function verify(
  decoded: DecodedLog,
  mechanism: VerificationMechanism,
  result: 'accepted' | 'rejected',
): CanonicalEvent {
  return { kind: 'taskVerified', task: toTask(decoded), mechanism, node: toNode(decoded), result };
}
