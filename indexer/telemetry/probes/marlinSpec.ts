import { parseUrl } from '../../../schema/lib/parseUrl.js';
import { parseSpec } from '../../../schema/protocols/marlin/parseSpec.js';
import { RATE_DECIMALS } from '../../../schema/protocols/marlin/settlement.js';
import { AnswerError } from './answers.js';
import { HALF_DAY_SECONDS, type ParsedAnswer, type PriceProbe } from './Probe.js';

/**
 * The rate cards that a Marlin Oyster operator gives out at the control plane it registered. Source: `GET /spec` of
 * operators/control-plane in marlinprotocol/oyster-monorepo (366b61f).
 */
export const marlinSpec: PriceProbe = {
  id: 'marlin-spec',
  kind: 'prices',
  title: 'the rate cards of an operator, at its control plane',
  protocols: ['marlin'],
  maxWaitSeconds: HALF_DAY_SECONDS,
  intervalSeconds: 1_800,
  deadlineMs: 15_000,
  // The real cards are 715 kB with their line breaks.
  maxBytes: 2 * 1024 * 1024,
  targets: {
    kind: 'facts',
    sql: `select native_id as target, uri as base from provider
      where network_id = $1 and active and uri is not null and uri <> ''`,
  },
  toUrl: toSpecUrl,
  parse: parseMarlinSpec,
};

/** `/spec` of a control plane; a text that is no URL stays what it is, and is refused where it is asked. */
export function toSpecUrl(base: string): string {
  const url = parseUrl(base);
  if (!url) return base;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/spec`;
  return url.href;
}

/** An operator names 4,489 of them; a table must not grow by whatever one makes up. */
const MAX_PRICES = 8_000;

function parseMarlinSpec([answer]: readonly unknown[]): ParsedAnswer {
  const { offers, refusedCards } = readSpec(answer);
  if (offers.length > MAX_PRICES) throw new AnswerError(`Expected at most ${MAX_PRICES} rate cards, got more.`);
  const prices = offers.map(({ region, instance, arch, cpu, memoryMb, ratePerSecond }) => ({
    basis: 'advertised' as const,
    resource: [region, instance, ...(arch ? [arch] : [])].join(' '),
    unit: 'second' as const,
    amount: ratePerSecond,
    scale: RATE_DECIMALS,
    attributes: { region, instance, ...(arch ? { arch } : {}), cpu: String(cpu), memoryMb: String(memoryMb) },
  }));
  return { prices, refused: refusedCards };
}

function readSpec(answer: unknown): ReturnType<typeof parseSpec> {
  try {
    return parseSpec(answer);
  } catch {
    throw new AnswerError('Expected rate cards by region, got another answer.');
  }
}
