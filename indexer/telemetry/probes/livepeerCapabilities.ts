import { AnswerError, findAddress, findName, findWhole, getList, isObject, type JsonObject } from './answers.js';
import { keepBest } from './keepBest.js';
import { findPixelPrice, PIXEL_PRICE_DECIMALS } from './livepeerPrices.js';
import { HALF_DAY_SECONDS, type ParsedAnswer, type PriceProbe, type ProbedPrice } from './Probe.js';

/**
 * What a Livepeer gateway has heard from orchestrators: their price of transcoding, their prices of AI models, and the
 * GPUs behind these. Source of the shape: `OrchNetworkCapabilities` in common/types.go and `getNetworkCapabilities` in
 * server/handlers.go of livepeer/go-livepeer. No gateway's is public, so the operator names one in PROBE_SOURCES.
 */
export const livepeerCapabilities: PriceProbe = {
  id: 'livepeer-capabilities',
  kind: 'prices',
  title: 'what orchestrators ask for pixels, models and containers, of a gateway',
  protocols: ['livepeer'],
  maxWaitSeconds: HALF_DAY_SECONDS,
  intervalSeconds: 1_800,
  deadlineMs: 15_000,
  maxBytes: 2 * 1024 * 1024,
  targets: { kind: 'source', name: 'livepeer-gateway', toUrl: () => undefined },
  toUrl: (base) => base,
  parse: parseCapabilities,
};

/** A gateway knows about forty nodes, each with up to twenty prices. */
const MAX_ENTRIES = 5_000;
const MAX_PRICES = 8_000;

function parseCapabilities([answer]: readonly unknown[]): ParsedAnswer {
  const entries = getList(answer, 'orchestrators');
  if (entries.length > MAX_ENTRIES) throw new AnswerError(`Expected at most ${MAX_ENTRIES} orchestrators, got more.`);
  const prices: ProbedPrice[] = [];
  let refused = 0;
  for (const entry of entries) {
    const read = isObject(entry) ? readOrchestrator(entry) : undefined;
    if (!read) refused += 1;
    else {
      prices.push(...read.prices);
      refused += read.refused;
    }
    if (prices.length > MAX_PRICES) throw new AnswerError(`Expected at most ${MAX_PRICES} prices, got more.`);
  }
  // Several nodes may work for one orchestrator.
  return { prices: keepBest(prices), refused };
}

/** `address` is whom tickets are made out to, which is the orchestrator on chain; `local_address` is the node's own. */
function readOrchestrator(entry: JsonObject): ParsedAnswer | undefined {
  const provider = findAddress(entry.address);
  if (!provider) return undefined;
  const machines = listMachines(entry.hardware);
  const listed = Array.isArray(entry.capabilities_prices) ? entry.capabilities_prices : [];
  const prices: ProbedPrice[] = [];
  let refused = 0;
  const add = (found: Pick<ProbedPrice, 'resource' | 'amount' | 'unit' | 'attributes'> | undefined) => {
    if (!found) refused += 1;
    else prices.push({ provider, basis: 'advertised', ...found, scale: PIXEL_PRICE_DECIMALS });
  };
  if (isPriced(entry.price_info)) {
    const { pricePerUnit, pixelsPerUnit } = entry.price_info;
    const amount = findPixelPrice(pricePerUnit, pixelsPerUnit);
    add(amount === undefined ? undefined : { resource: 'transcoding', amount, unit: 'pixel', attributes: {} });
  }
  for (const one of listed) add(findCapabilityPrice(one, machines));
  return { prices, refused };
}

/** A node without a price, or with one of nothing, leaves the number out. */
function isPriced(price: unknown): price is JsonObject {
  return isObject(price) && price.pricePerUnit !== undefined;
}

function findCapabilityPrice(
  price: unknown,
  machines: readonly Machine[],
): Pick<ProbedPrice, 'resource' | 'amount' | 'unit' | 'attributes'> | undefined {
  if (!isObject(price)) return undefined;
  const amount = findPixelPrice(price.pricePerUnit, price.pixelsPerUnit);
  const [capability, constraint] = [findWhole(price.capability), findName(price.constraint)];
  if (amount === undefined || capability === undefined || capability > 1_000n || !constraint) return undefined;
  const pipeline = pipelines.get(Number(capability)) ?? `capability ${capability}`;
  const isByoc = Number(capability) === BYOC;
  const machine = machines.find((one) =>
    isByoc ? one.pipeline === constraint : one.pipeline === pipeline && one.modelId === constraint,
  );
  return {
    resource: `${pipeline} ${constraint}`,
    amount,
    unit: isByoc ? 'second' : 'pixel',
    attributes: { ...(isByoc ? {} : { model: constraint }), ...machine?.attributes },
  };
}

/** Bring your own container: its work is paid by the second (`chargeForCompute` in byoc/ of livepeer/go-livepeer). */
const BYOC = 37;

/** Source: the names of capabilities in core/capabilities.go of livepeer/go-livepeer, as its pipelines are written. */
const pipelines: ReadonlyMap<number, string> = new Map([
  [27, 'text-to-image'],
  [28, 'image-to-image'],
  [29, 'image-to-video'],
  [30, 'upscale'],
  [31, 'audio-to-text'],
  [32, 'segment-anything-2'],
  [33, 'llm'],
  [34, 'image-to-text'],
  [35, 'live-video-to-video'],
  [36, 'text-to-speech'],
  [BYOC, 'byoc'],
]);

interface Machine {
  readonly pipeline: string;
  readonly modelId: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Hardware that says nothing to be shown is left out: it is beside the price. */
function listMachines(hardware: unknown): readonly Machine[] {
  if (!Array.isArray(hardware)) return [];
  return hardware.slice(0, MAX_MACHINES).flatMap((one) => {
    const pipeline = isObject(one) ? findName(one.pipeline) : undefined;
    if (!isObject(one) || !pipeline) return [];
    return [{ pipeline, modelId: findName(one.model_id), attributes: toHardware(one.gpu_info) }];
  });
}

const MAX_MACHINES = 200;

function toHardware(gpus: unknown): Readonly<Record<string, string>> {
  const found = isObject(gpus) ? Object.values(gpus).filter(isObject) : [];
  const model = findName(found[0]?.name);
  if (!model || found.length > 64) return {};
  const bytes = findWhole(found[0]?.memory_total);
  const vramMb = bytes === undefined ? undefined : bytes / 1_048_576n;
  return { gpuModel: model, gpuCount: String(found.length), ...(vramMb ? { vramMb: String(vramMb) } : {}) };
}
