import type { OutcomeKind } from '../../schema/metrics/formulas/jobs/Outcome.js';
import type {
  AccountRecord,
  BuyerRecord,
  NetworkRecord,
  OutcomeRecord,
  PaymentRecord,
  ProviderRecord,
} from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { DAY } from '../../schema/metrics/formulas/score/scoreMethod.js';

export const AT = 20_000 * DAY;

/** An honest market that attackers are let loose on. Amounts are tenths of a cent: a job of 5 USD, of which the protocol keeps 2.5 %. */
export const FEE = 125n;
export const PRICE = 5000n;
/** 0.25 USD; in most markets of these tests the usual fee counts in full. */
export const FEE_REFERENCE = 250n;

export interface Trade {
  readonly provider: string;
  readonly buyer: string;
  readonly daysAgo: number;
  readonly kind?: OutcomeKind;
  readonly fee?: bigint;
  readonly amount?: bigint;
}

/**
 * Ten honest providers, twenty honest buyers, and ninety days in which each buyer has bought from each provider every fifth day. Of the jobs of
 * one provider two in a hundred fail, of those of another one twelve. One class of machines, each up but for a short outage a day.
 */
export function toMarket(trades: readonly Trade[] = [], more: Partial<NetworkRecord> = {}): NetworkRecord {
  const all = [...honestTrades(), ...trades];
  return {
    networkId: 'market',
    records: { jobs: true, deadlines: true, heartbeats: true },
    feeReference: FEE,
    providers: honestProviders,
    buyers: honestBuyers.map((id) => ({ id, accounts: [] })),
    outcomes: all.map(toOutcome),
    running: [],
    payments: all.map(toPayment),
    slots: honestProviders.flatMap(({ id }) => toSlots(id)),
    incidents: [],
    ...more,
  };
}

export const honestProviders: readonly ProviderRecord[] = Array.from({ length: 10 }, (_, index) =>
  toProvider(`honest${index}`),
);
export const honestBuyers = Array.from({ length: 20 }, (_, index) => `0xbuyer${index}`);

export function toProvider(
  id: string,
  { days = 91, accounts = [] }: { readonly days?: number; readonly accounts?: readonly string[] } = {},
): ProviderRecord {
  const shown = (account: string, reason: AccountRecord['reason']): AccountRecord => ({ account, from: 0, reason });
  return {
    id,
    bornAt: AT - days * DAY,
    accounts: [shown(`0x${id}`, 'self'), ...accounts.map((account) => shown(account, 'owner'))],
    hardware: [{ from: 0, model: 'H100' }],
  };
}

export function toBuyer(id: string, ...accounts: readonly string[]): BuyerRecord {
  return { id, accounts: accounts.map((account) => ({ account, from: 0, reason: 'payer' })) };
}

export function toSlots(provider: string, down = 4) {
  return Array.from({ length: 30 }, (_, index) => ({
    ...{ provider, day: AT / DAY - 1 - index, up: 1440 - down, known: 1440, maintenance: 0, maintenanceUp: 0 },
    ...{ failures: down > 0 ? 1 : 0, repairs: down > 0 ? 1 : 0 },
  }));
}

function honestTrades(): Trade[] {
  return Array.from({ length: 18 }, (_, turn) => turn).flatMap((turn) =>
    honestProviders.flatMap(({ id }, provider) =>
      honestBuyers.map((buyer, index): Trade => {
        const fails = (turn * 31 + provider * 7 + index * 13) % 100 < 2 + provider * 1.1;
        return { provider: id, buyer, daysAgo: 1 + turn * 5, ...(fails && { kind: 'failed' }) };
      }),
    ),
  );
}

/** So many trades alike, one after the other within a day. */
export function repeatTrade(count: number, trade: Trade): Trade[] {
  return Array.from({ length: count }, (_, index) => ({ ...trade, daysAgo: trade.daysAgo + index / (2 * count) }));
}

function toOutcome({ provider, buyer, daysAgo, kind = 'completed', fee = FEE }: Trade, index: number): OutcomeRecord {
  const knownFrom = AT - Math.round(daysAgo * DAY) + (index % 600);
  return {
    ...{ taskId: `task${index}`, part: 0, provider, buyer, kind, knownFrom, knownTo: null, eventId: `1-${index}-0` },
    deadline: knownFrom + 60,
    fee: kind === 'failed' ? null : fee,
  };
}

function toPayment({ provider, buyer, daysAgo, kind, amount = PRICE }: Trade): PaymentRecord {
  return { provider, buyer, at: AT - Math.round(daysAgo * DAY), amount: kind === 'failed' ? 0n : amount };
}
