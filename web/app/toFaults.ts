import { toClean, toCount, toShare } from './format.js';
import { key } from './i18n/text.js';

/** What is wrong with what pages show, each in words for people: what it is, what it does to the figures, where to see more. */
export interface Fault {
  readonly id: string;
  /** `now`: figures are wrong or old by it. `note`: they stand, and a reader should know. */
  readonly severity: 'now' | 'note';
  /** Texts of the catalogue, with `values` in them. */
  readonly what: string;
  readonly effect: string;
  readonly values: Readonly<Record<string, string>>;
  /** What was found wrong, as another text of the catalogue. */
  readonly because?: string | undefined;
  /** Since or until when, where that is known. */
  readonly at: string | null;
  /** The part of the page that says more. */
  readonly href: string;
}

export interface StatusFacts {
  readonly chains: readonly FaultyChain[];
  readonly probes: readonly {
    readonly id: string;
    readonly targets: number;
    readonly failing: number;
    readonly network: { readonly title: string } | null;
  }[];
  readonly heartbeatStatus: {
    readonly down: boolean | null;
    readonly unheard: readonly string[];
    readonly observers: readonly {
      readonly name: string;
      readonly alive: boolean | null;
      readonly lastAlive: string | null;
    }[];
  };
}

interface FaultyChain {
  readonly id: string;
  readonly name: string;
  readonly recorded: boolean;
  readonly phase: string;
  readonly stale: boolean;
  readonly quarantined: number;
  readonly anomalyCount: number;
  readonly verifiedShare: number | null;
  readonly headAt: string | null;
  readonly seenAt: string | null;
  readonly block: { readonly number: string } | null;
  readonly endpoints: readonly FaultyEndpoint[];
}

interface FaultyEndpoint {
  readonly name: string;
  readonly state: string;
  readonly faults: string;
  readonly faultReason: string | null;
  readonly faultAt: string | null;
  readonly setAsideUntil: string | null;
}

/** What is wrong now before what is only worth knowing; an empty list where all is well. */
export function toFaults({ chains, probes, heartbeatStatus }: StatusFacts): readonly Fault[] {
  const faults = [
    ...chains.flatMap(toChainFaults),
    ...toHeartbeatFaults(heartbeatStatus),
    ...probes.filter(({ failing }) => failing > 0).map(toProbeFault),
  ];
  return [
    ...faults.filter(({ severity }) => severity === 'now'),
    ...faults.filter(({ severity }) => severity === 'note'),
  ];
}

function toChainFaults(chain: FaultyChain): readonly Fault[] {
  const { id, phase, stale, quarantined, anomalyCount, verifiedShare, recorded, endpoints } = chain;
  const values = { chain: toClean(chain.name, 40), block: toCount(chain.block?.number ?? '0') };
  const own = { values, href: `#chain-${id}`, at: null };
  const isHalted = phase === 'halted';
  const unusable = endpoints.length > 0 && endpoints.every(({ state }) => state !== 'usable');
  return [
    ...(isHalted
      ? [
          {
            ...{ ...own, id: `halted ${id}`, severity: 'now' as const, at: chain.seenAt },
            what: key('{chain} has halted.'),
            effect: key(
              'Nothing new of it is written. What pages say of it is as of block {block}, and stays so until its operator acts.',
            ),
          },
        ]
      : []),
    ...(stale && !isHalted
      ? [
          {
            ...{ ...own, id: `stale ${id}`, severity: 'now' as const, at: chain.headAt },
            what: key('{chain} is behind.'),
            effect: key('Its newest events are missing on every page; older ones are right.'),
          },
        ]
      : []),
    ...(unusable
      ? [
          {
            ...{ ...own, id: `endpoints ${id}`, severity: 'now' as const },
            what: key('None of the endpoints of {chain} can be asked at the moment.'),
            effect: key('Nothing new of it is read until one answers again.'),
          },
        ]
      : []),
    ...endpoints.flatMap((endpoint) => toEndpointFaults(endpoint, own)),
    ...(quarantined > 0
      ? [
          {
            ...{ ...own, id: `quarantined ${id}`, severity: 'note' as const, href: '#set-aside' },
            what: key('Events of {chain} could not be understood: {n}.'),
            effect: key('They are kept as they are, and what they say is in no figure.'),
            values: { ...values, n: toCount(quarantined) },
          },
        ]
      : []),
    ...(anomalyCount > 0
      ? [
          {
            ...{ ...own, id: `anomalies ${id}`, severity: 'note' as const, href: '#anomalies' },
            what: key('Amounts of {chain} that do not fit together: {n}.'),
            effect: key('They are shown as the chain has them; each is explained below.'),
            values: { ...values, n: toCount(anomalyCount) },
          },
        ]
      : []),
    ...(verifiedShare !== null && verifiedShare < 1 && !recorded
      ? [
          {
            ...{ ...own, id: `unverified ${id}`, severity: 'note' as const },
            what: key('Not all of {chain} is proven: {share} of its blocks are.'),
            effect: key('The rest is as its endpoints gave it; nobody has held it against the block headers.'),
            values: { ...values, share: toShare(verifiedShare) },
          },
        ]
      : []),
  ];
}

/** What an endpoint did wrong: the reasons of the indexer's AnswerFault, for people. */
export const wrongAnswers: Readonly<Record<string, string>> = {
  malformed: key('its answer had not the form of the protocol'),
  headerHashMismatch: key('a block header did not hash to its own hash'),
  parentMismatch: key('a block did not link to the one before it'),
  wrongBlock: key('it answered of another block than the one asked for'),
  removed: key('it gave a log that is removed from the chain'),
  duplicate: key('it gave a log twice'),
  wrongOrder: key('its logs were not in the order of the block'),
  outsideFilter: key('it gave a log that nobody asked for'),
  bloomMissing: key('it gave a log that the block rules out'),
  bloomMismatch: key('a block did not match its own receipts'),
  receiptsRootMismatch: key('its receipts did not add up to the block’s own sum'),
  logNotInReceipts: key('it altered a log'),
  logMissing: key('it left out a log'),
  outsideRange: key('it gave a log of a block that nobody asked for'),
  conflict: key('it gave two different logs for one place'),
  inconsistent: key('parts of its answer were of two histories'),
  silentCap: key('it left out logs beyond a round number, and did not say so'),
};

function toEndpointFaults(endpoint: FaultyEndpoint, own: Pick<Fault, 'href' | 'values'>): readonly Fault[] {
  const { name, state, faults, faultReason, faultAt, setAsideUntil } = endpoint;
  const values = { ...own.values, endpoint: toClean(name, 80), n: toCount(faults) };
  const base = { href: own.href, values, severity: 'note' as const };
  const id = `endpoint ${own.href} ${name}`;
  if (state === 'setAside') {
    return [
      {
        ...{ ...base, id, at: setAsideUntil },
        what: key('{endpoint} is set aside: it answered {chain} wrongly.'),
        effect: key('Other endpoints are asked in its place, and nothing that was found wrong is written.'),
        because: wrongAnswers[faultReason ?? ''],
      },
    ];
  }
  if (state === 'resting') {
    return [
      {
        ...{ ...base, id, at: setAsideUntil },
        what: key('{endpoint} does not answer for {chain}.'),
        effect: key('It rests for a while and is asked again.'),
      },
    ];
  }
  if (faults === '0') return [];
  return [
    {
      ...{ ...base, id, at: faultAt },
      what: key('{endpoint} has answered {chain} wrongly since the indexer started: {n}.'),
      effect: key('Nothing of it is written: what it said was found wrong, and asked for elsewhere.'),
      because: wrongAnswers[faultReason ?? ''],
    },
  ];
}

function toHeartbeatFaults({ down, unheard, observers }: StatusFacts['heartbeatStatus']): readonly Fault[] {
  const href = '#heartbeats';
  return [
    ...(down
      ? [
          {
            ...{ id: 'heartbeats', severity: 'now' as const, href, values: {}, at: null },
            what: key('No heartbeats are collected at the moment.'),
            effect: key('Who is online cannot be said. These minutes count as unknown, and nobody is blamed for them.'),
          },
        ]
      : observers
          .filter(({ alive }) => alive === false)
          .map(({ name, lastAlive }) => ({
            ...{ id: `observer ${name}`, severity: 'note' as const, href, at: lastAlive },
            what: key('The observer {name} is away.'),
            effect: key('Others observe on; what it alone would have heard is unknown.'),
            values: { name: toClean(name, 40) },
          }))),
    ...unheard.map((network) => ({
      ...{ id: `unheard ${network}`, severity: 'now' as const, href, at: null },
      what: key('Fewer than half of the usual machines of {network} are heard.'),
      effect: key('The fault may be ours. These minutes count as unknown, and nobody is called silent for them.'),
      values: { network: toClean(network, 60) },
    })),
  ];
}

function toProbeFault({ id, network, failing, targets }: StatusFacts['probes'][number]): Fault {
  return {
    ...{ id: `probe ${network?.title} ${id}`, severity: 'note', href: '#probes', at: null },
    what: key('Of {network}, {failing} of {targets} that are asked by {probe} give no answer that counts.'),
    effect: key('What they said last grows old and is marked so; facts of the chain are not touched.'),
    values: {
      network: network ? toClean(network.title, 60) : '—',
      ...{ failing: toCount(failing), targets: toCount(targets), probe: toClean(id, 40) },
    },
  };
}
