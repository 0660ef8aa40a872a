import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import type { CopyBuffer } from './CopyBuffer.js';
import { cleanTerms } from './cleanText.js';
import { hashLeaf, toCanonical, toCanonicalTree } from './digest.js';
import {
  type JobState,
  type Moment,
  type NodeVersion,
  type ProviderVersion,
  type Ref,
  type TaskState,
  toJobStatus,
} from './states.js';
import type { Version } from './versions.js';

/**
 * Rows of nouns. Their leaves hold what they were born with; what is folded into them later (status, totals, who runs
 * a job) follows from other facts.
 */

export interface Birth {
  readonly chainId: number;
  readonly network: Ref;
  readonly native: Ref;
  readonly born: Moment;
}

export function encodeProvider(rows: CopyBuffer, provider: Ref, birth: Birth): string {
  encodeNoun(rows, provider, birth);
  rows.int64(birth.born.height);
  rows.time(birth.born.time);
  return toNounLeaf('provider', provider, birth);
}

export function encodeNode(rows: CopyBuffer, node: Ref, birth: Birth): string {
  encodeNoun(rows, node, birth);
  return toNounLeaf('node', node, birth);
}

function encodeNoun(rows: CopyBuffer, noun: Ref, { chainId, network, native, born }: Birth): void {
  rows.startRow();
  rows.text(noun.id);
  rows.text(network.id);
  rows.int64(chainId);
  rows.text(native.id);
  rows.int64(born.height);
  rows.time(born.time);
}

function toNounLeaf(table: 'provider' | 'node', noun: Ref, { chainId, network, native, born }: Birth): string {
  return hashLeaf(
    `["${table}",${noun.json},[["chain_id","${chainId}"],["height","${born.height}"],["native_id",${native.json}],["network_id",${network.json}],["time","${born.time.toISOString()}"]]]`,
  );
}

export interface JobBirth extends Birth {
  readonly created: Extract<CanonicalEvent, { kind: 'jobCreated' }>;
  readonly buyer: Ref | null;
  readonly priceToken: Ref | null;
  readonly deadline: Date | null;
  /** Canonical JSON. */
  readonly attributes: string;
}

export function toJobBirth(
  { chainId, network, native, born }: Birth,
  created: JobBirth['created'],
  options: { readonly buyer: Ref | null; readonly workToken: Ref },
): JobBirth {
  const attributes = toCanonicalTree(cleanTerms(created.attributes));
  const priceToken = created.price ? options.workToken : null;
  const deadline = toDeadline(created, born);
  return { chainId, network, native, born, created, buyer: options.buyer, priceToken, deadline, attributes };
}

function toDeadline({ deadline, deadlineAfterSeconds: after }: JobBirth['created'], { time }: Moment): Date | null {
  if (deadline) return deadline;
  return after === undefined ? null : new Date(time.getTime() + after * 1_000);
}

/** Written when the batch ends, as what the job has become by then. */
export function encodeJob(rows: CopyBuffer, job: JobState, birth: JobBirth): void {
  const { created, buyer, priceToken, deadline, attributes } = birth;
  encodeNoun(rows, job, birth);
  rows.text(job.provider?.id);
  rows.text(buyer?.id);
  rows.int32(job.volume);
  rows.numeric(created.price ? String(created.price.amount) : null);
  rows.numeric(created.price?.providerAmount === undefined ? null : String(created.price.providerAmount));
  rows.text(priceToken?.id);
  rows.text(created.price?.unit ?? null);
  rows.smallint(created.price?.scale);
  rows.text(attributes);
  rows.time(deadline);
  rows.text(toJobStatus(job));
  rows.int32(job.completed);
  rows.int32(job.failed);
  rows.int64(job.ended?.height);
  rows.time(job.ended?.time);
}

export function toJobLeaf(job: JobState, birth: JobBirth, timeText: string): string {
  const { chainId, network, native, born, created, buyer, priceToken, deadline, attributes } = birth;
  const { price } = created;
  return hashLeaf(
    `["job",${job.json},[["attributes",${attributes}],["buyer",${buyer ? buyer.json : 'null'}],["chain_id","${chainId}"],["deadline",${deadline ? `"${deadline.toISOString()}"` : 'null'}],["height","${born.height}"],["native_id",${native.json}],["network_id",${network.json}],["price",${price ? `"${price.amount}"` : 'null'}],["price_scale",${price?.scale === undefined ? 'null' : `"${price.scale}"`}],["price_token",${priceToken ? priceToken.json : 'null'}],["price_unit",${price ? `"${price.unit}"` : 'null'}],["provider_price",${price?.providerAmount === undefined ? 'null' : `"${price.providerAmount}"`}],["time","${timeText}"],["volume","${job.volume}"]]]`,
  );
}

export interface TaskBirth extends Birth {
  readonly job: Ref;
  readonly position: number;
}

/** Written when the batch ends, as what the task has become by then. */
export function encodeTask(rows: CopyBuffer, task: TaskState, birth: TaskBirth): void {
  const { chainId, network, native, born, job, position } = birth;
  rows.startRow();
  rows.text(task.id);
  rows.text(job.id);
  rows.text(network.id);
  rows.int64(chainId);
  rows.text(native.id);
  rows.int32(position);
  rows.int64(born.height);
  rows.text(task.status);
  rows.int64(task.started?.height);
  rows.time(task.started?.time);
  rows.int64(task.ended?.height);
  rows.time(task.ended?.time);
  rows.int32(task.attempts);
}

export function toTaskLeaf(task: Ref, { chainId, network, native, born, job, position }: TaskBirth): string {
  return hashLeaf(
    `["task",${task.json},[["chain_id","${chainId}"],["height","${born.height}"],["job_id",${job.json}],["native_id",${native.json}],["network_id",${network.json}],["position","${position}"]]]`,
  );
}

/** Written when the batch ends: only then it is known whether another one follows in it. */
export function encodeProviderVersion(rows: CopyBuffer, chainId: number, version: Version<ProviderVersion>): void {
  const { owner, name, uri, active, terms, altered } = version.attributes;
  startVersion(rows, chainId, version);
  rows.text(owner);
  rows.text(name);
  rows.text(uri);
  rows.boolean(active);
  rows.jsonb(toCanonicalTree(terms));
  rows.jsonb(toCanonicalTree(altered));
}

export function toProviderVersionLeaf(chainId: number, version: Version<ProviderVersion>): string {
  const { owner, name, uri, active, terms, altered } = version.attributes;
  return toVersionLeaf(
    'provider_version',
    version,
    `["active",${active}],["altered",${toCanonicalTree(altered)}],["chain_id","${chainId}"],["name",${JSON.stringify(name)}],["owner",${JSON.stringify(owner)}],["terms",${toCanonicalTree(terms)}],["uri",${JSON.stringify(uri)}]`,
  );
}

export function encodeNodeVersion(rows: CopyBuffer, chainId: number, version: Version<NodeVersion>): void {
  const { provider, active, region, gpuModel, gpuCount, vramMb, uri, terms, altered } = version.attributes;
  startVersion(rows, chainId, version);
  rows.text(provider);
  rows.boolean(active);
  rows.text(region);
  rows.text(gpuModel);
  rows.integer(gpuCount);
  rows.integer(vramMb);
  rows.text(uri);
  rows.jsonb(toCanonicalTree(terms));
  rows.jsonb(toCanonicalTree(altered));
}

export function toNodeVersionLeaf(chainId: number, version: Version<NodeVersion>): string {
  const { provider, active, region, gpuModel, gpuCount, vramMb, uri, terms, altered } = version.attributes;
  return toVersionLeaf(
    'node_version',
    version,
    `["active",${active}],["altered",${toCanonicalTree(altered)}],["chain_id","${chainId}"],["gpu_count",${toCanonical(gpuCount)}],["gpu_model",${toCanonical(gpuModel)}],["provider_id",${toCanonical(provider)}],["region",${toCanonical(region)}],["terms",${toCanonicalTree(terms)}],["uri",${toCanonical(uri)}],["vram_mb",${toCanonical(vramMb)}]`,
  );
}

function startVersion(rows: CopyBuffer, chainId: number, { noun, heightFrom, heightTo }: Version<unknown>): void {
  rows.startRow();
  rows.text(noun.id);
  rows.int64(heightFrom);
  rows.int64(heightTo);
  rows.int64(chainId);
}

function toVersionLeaf(table: string, { noun, heightFrom }: Version<unknown>, columns: string): string {
  return hashLeaf(`["${table}",${JSON.stringify(`${noun.id}@${heightFrom}`)},[${columns}]]`);
}
