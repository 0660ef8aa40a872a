import fc from 'fast-check';
import { outcomeKinds } from '../../schema/metrics/formulas/jobs/Outcome.js';
import type {
  AccountRecord,
  BuyerRecord,
  IncidentRecord,
  NetworkRecord,
  OutcomeRecord,
  PaymentRecord,
  ProviderRecord,
  RunningRecord,
  SlotsRecord,
} from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { DAY } from '../../schema/metrics/formulas/score/scoreMethod.js';

/** The time most scores of random records are as of: a day boundary. */
export const AT = 20_000 * DAY;

const providerIds = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
const buyerIds = ['0xb0', '0xb1', '0xb2', '0xb3'];

/** Small networks with everything in them: links, rings, disputes, late promises, outages, incidents; some facts after `AT`. */
export const arbitraryRecord: fc.Arbitrary<NetworkRecord> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(toRecord(count), fc.boolean(), time))
  .map(([record, hasRing, at]) => (hasRing && record.providers.length > 1 ? withRing(record, at) : record));

/** The first two providers buy from each other. */
function withRing(record: NetworkRecord, at: number): NetworkRecord {
  const payer = (account: string): AccountRecord => ({ account, from: 0, reason: 'payer' });
  const pay = (buyer: string, provider: string): PaymentRecord => ({ buyer, provider, at, amount: 1000n });
  const accounts: Record<string, string> = { '0xb0': 'p0', '0xb1': 'p1' };
  return {
    ...record,
    buyers: record.buyers.map((buyer) => {
      const account = accounts[buyer.id];
      return account === undefined ? buyer : { ...buyer, accounts: [payer(account)] };
    }),
    payments: [...record.payments, pay('0xb0', 'p1'), pay('0xb1', 'p0')],
  };
}

function toRecord(count: number): fc.Arbitrary<NetworkRecord> {
  const provider = fc.constantFrom(...providerIds.slice(0, count));
  return fc.record({
    networkId: fc.constant('network'),
    records: fc.record({
      jobs: oftenTrue,
      deadlines: oftenTrue,
      heartbeats: oftenTrue,
    }),
    feeReference: fc.constantFrom(null, null, 100n),
    providers: fc.tuple(...providerIds.slice(0, count).map(toProvider)),
    buyers: fc.tuple(...buyerIds.map(toBuyer)),
    outcomes: fc.array(toOutcome(provider), { maxLength: 30, size: '+1' }).map((outcomes) =>
      outcomes.map((outcome, index) => ({
        ...outcome,
        taskId: `t${index}`,
        eventId: `1-${outcome.knownFrom}-${index}`,
      })),
    ),
    // A task is given once at a time, whoever takes it: else two providers made one would have an attempt twice.
    running: fc.uniqueArray(toRunning(provider), {
      maxLength: 2,
      selector: (one) => `${one.taskId} ${one.assignedAt}`,
    }),
    payments: fc.array(toPayment(provider), { maxLength: 8 }),
    slots: fc.array(toSlots(provider), { maxLength: 8 }).map(toDistinctDays),
    // One event convicts one provider: of two providers made one, the same evidence would count once.
    incidents: fc.uniqueArray(toIncident(provider), {
      maxLength: 2,
      selector: (one) => `${one.kind} ${one.at} ${one.evidenceId}`,
    }),
  });
}

const oftenTrue = fc.integer({ min: 0, max: 9 }).map((number) => number > 0);
/** Mostly before `AT`, and mostly recent; some at its very second, later, or too old to count. */
const time = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: AT - 60 * DAY, max: AT - 1 }) },
  { weight: 2, arbitrary: fc.integer({ min: AT - 400 * DAY, max: AT + 3 * DAY }) },
  { weight: 1, arbitrary: fc.constantFrom(AT, AT - 30 * DAY, AT - 365 * DAY, AT - 365 * DAY - 1) },
);
const account = fc.constantFrom('0xa0', '0xa1', '0xb0', '0xb1', 'p0', 'p1');

function toProvider(id: string): fc.Arbitrary<ProviderRecord> {
  return fc.record({
    id: fc.constant(id),
    bornAt: fc.integer({ min: AT - 420 * DAY, max: AT + DAY }),
    accounts: fc
      .array(toAccount('recipient'), { maxLength: 1 })
      .map((accounts) => [{ account: id, from: 0, reason: 'self' as const }, ...accounts]),
    hardware: fc.constantFrom<ProviderRecord['hardware']>(
      [],
      [{ from: 0, model: 'A100' }],
      [
        { from: 0, model: 'A100' },
        { from: AT - DAY, model: 'H100' },
      ],
    ),
  });
}

function toBuyer(id: string): fc.Arbitrary<BuyerRecord> {
  return fc.record({ id: fc.constant(id), accounts: fc.array(toAccount('payer'), { maxLength: 1 }) });
}

function toAccount(reason: AccountRecord['reason']): fc.Arbitrary<AccountRecord> {
  return fc.record({ account, from: time, reason: fc.constant(reason) });
}

function toOutcome(provider: fc.Arbitrary<string>): fc.Arbitrary<OutcomeRecord> {
  return fc
    .record({
      provider,
      buyer: fc.constantFrom(null, ...buyerIds, ...buyerIds, ...buyerIds),
      kind: fc.oneof({ weight: 3, arbitrary: fc.constant('completed' as const) }, fc.constantFrom(...outcomeKinds)),
      knownFrom: time,
      lasts: fc.constantFrom(null, null, null, 1, DAY, 10 * DAY),
      deadlineIn: fc.constantFrom(null, -3600, 0, 3600),
      fee: fc.constantFrom(null, 0n, 7n, 100n, 100n, 2n ** 256n - 1n),
      paidAfter: fc.constantFrom(0, 0, 3600, 3 * DAY),
    })
    .map(({ lasts, deadlineIn, paidAfter, ...outcome }) => ({
      ...outcome,
      taskId: '',
      eventId: null,
      feeFrom: outcome.fee === null ? null : outcome.knownFrom + paidAfter,
      part: 0,
      knownTo: lasts === null ? null : outcome.knownFrom + lasts,
      deadline: deadlineIn === null ? null : outcome.knownFrom + deadlineIn,
    }));
}

function toRunning(provider: fc.Arbitrary<string>): fc.Arbitrary<RunningRecord> {
  return fc
    .record({
      taskId: fc.constantFrom('t0', 't1', 'r0', 'r1'),
      provider,
      buyer: fc.constantFrom(null, ...buyerIds),
      at: time,
    })
    .chain(({ at, ...running }) =>
      fc
        .constantFrom(null, at + 7200, at + 10 * DAY)
        .map((endedAt) => ({ ...running, assignedAt: at, deadline: at + 3600, endedAt })),
    );
}

function toPayment(provider: fc.Arbitrary<string>): fc.Arbitrary<PaymentRecord> {
  return fc.record({
    buyer: fc.constantFrom(...buyerIds),
    provider,
    at: time,
    amount: fc.constantFrom(0n, 1n, 90n, 100n, 100n, 2n ** 256n - 1n),
  });
}

function toSlots(provider: fc.Arbitrary<string>): fc.Arbitrary<SlotsRecord> {
  return fc
    .record({
      provider,
      day: fc.integer({ min: AT / DAY - 40, max: AT / DAY + 1 }),
      known: fc.constantFrom(0, 60, 1440),
      down: fc.constantFrom(0, 0, 1, 30, 1440),
      maintenance: fc.constantFrom(0, 0, 60),
      failures: fc.integer({ min: 0, max: 3 }),
      repairs: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ down, ...slots }) => {
      const up = Math.max(0, slots.known - down);
      const maintenance = Math.min(slots.maintenance, slots.known);
      return { ...slots, up, maintenance, maintenanceUp: Math.min(maintenance, up) };
    });
}

function toDistinctDays(slots: readonly SlotsRecord[]): SlotsRecord[] {
  return [...new Map(slots.map((of) => [`${of.provider} ${of.day}`, of])).values()];
}

function toIncident(provider: fc.Arbitrary<string>): fc.Arbitrary<IncidentRecord> {
  return fc.record({
    provider,
    kind: fc.constantFrom('slash', 'equivocation', 'clone', 'counterReused', 'hardware', 'frozen'),
    at: time,
    evidenceId: fc.constantFrom('1-5-0', '1-6-0', 'node/19990'),
  });
}
