/**
 * Who of the cast plays which game, who belongs together, and what a reputation that cannot be gamed must make of it (the
 * attacks are those of Hoffman, Zage and Nita-Rotaru 2009, Jøsang, Ismail and Boyd 2007, Friedman and Resnick 2001): data only,
 * for tests that hold figures against it. No product code reads it. Providers are positions in the cast, buyers and recipients
 * positions among the accounts. `truth.test.ts` proves that what is said here of the chain is so, whatever the seed.
 */
import { accounts } from './cast.js';
import { circle, getPosition, getProvider, listByConduct, slandered, toAccount, washTrader } from './lookups.js';

export type Attack =
  | 'selfDealing'
  | 'freshBuyers'
  | 'tradingRing'
  | 'sybilSplit'
  | 'whitewashing'
  | 'slander'
  | 'onOff';

export type Expected =
  /** What these buyers had of these providers weighs nothing, be it for or against them; adding or removing it moves no score. */
  | {
      readonly kind: 'noEvidence';
      readonly providers: readonly number[];
      readonly buyers: readonly number[];
      readonly because: NoEvidence;
    }
  /** One operator's record covers exactly these, and none of them, nor the operator, is better off than one with all their jobs. */
  | { readonly kind: 'oneOperator'; readonly providers: readonly number[] }
  /** `after` has an operator's record that goes on from `before`; without any evidence it is no better than a newcomer. */
  | { readonly kind: 'noFreshStart'; readonly before: number; readonly after: number }
  /** All disputes of this buyer about this provider are lost by the buyer: no incident, and no point more or less. */
  | { readonly kind: 'unmoved'; readonly provider: number; readonly buyer: number }
  /** From this part of the history on it fails everything. From a score so high it falls by so many points in so many failures. */
  | {
      readonly kind: 'falls';
      readonly provider: number;
      readonly turnsAt: number;
      readonly failures: number;
      readonly fromScore: number;
      readonly points: number;
    };

/**
 * - `sameCluster`: the buyer is paid for the provider's work;
 * - `circulation`: the money goes round, and nobody has more or less of it in the end;
 * - `noHistoryElsewhere`: nothing on chain links them, but the buyer buys from nobody else.
 */
export type NoEvidence = 'sameCluster' | 'circulation' | 'noHistoryElsewhere';

export interface Plot {
  readonly attack: Attack;
  readonly providers: readonly number[];
  /** Who buys, or disputes, for the sake of the plot. */
  readonly buyers: readonly number[];
  readonly expected: readonly Expected[];
}

const [recipient, ...others] = accounts.ring;
const sybils = listByConduct('sybil');
const fresh = listByConduct('freshBuyers');
const [milking = -1] = listByConduct('milking');
const [before, after] = [getPosition('Cobble Hosting'), getPosition('Lattice Hosting')];

export const plots: readonly Plot[] = [
  {
    attack: 'selfDealing',
    providers: [washTrader],
    buyers: accounts.ring,
    expected: [
      { kind: 'noEvidence', providers: [washTrader], buyers: [recipient], because: 'sameCluster' },
      // These two had their coins from it by plain transfers, which are no events of the market.
      { kind: 'noEvidence', providers: [washTrader], buyers: others, because: 'noHistoryElsewhere' },
    ],
  },
  {
    attack: 'freshBuyers',
    providers: fresh,
    buyers: accounts.freshBuyers,
    expected: [{ kind: 'noEvidence', providers: fresh, buyers: accounts.freshBuyers, because: 'noHistoryElsewhere' }],
  },
  {
    attack: 'tradingRing',
    providers: circle,
    buyers: circle.map(toAccount),
    expected: [{ kind: 'noEvidence', providers: circle, buyers: circle.map(toAccount), because: 'circulation' }],
  },
  { attack: 'sybilSplit', providers: sybils, buyers: [], expected: [{ kind: 'oneOperator', providers: sybils }] },
  {
    attack: 'whitewashing',
    providers: [before, after],
    buyers: [],
    expected: [
      { kind: 'oneOperator', providers: [before, after] },
      { kind: 'noFreshStart', before, after },
    ],
  },
  {
    attack: 'slander',
    providers: [slandered],
    buyers: [accounts.slanderer],
    expected: [
      { kind: 'unmoved', provider: slandered, buyer: accounts.slanderer },
      {
        ...{ kind: 'noEvidence', providers: [slandered], buyers: [accounts.slanderer] },
        because: 'noHistoryElsewhere',
      },
    ],
  },
  {
    attack: 'onOff',
    providers: [milking],
    buyers: [],
    expected: [
      {
        ...{ kind: 'falls', provider: milking, turnsAt: getProvider(milking).turnsAt ?? 1 },
        ...{ failures: 5, fromScore: 95, points: 20 },
      },
    ],
  },
];

/** Providers of one operator, where it has more than one; everybody else is an operator by itself. */
export const operators: readonly (readonly number[])[] = plots.flatMap(({ expected }) =>
  expected.flatMap((one) => (one.kind === 'oneOperator' ? [one.providers] : [])),
);

/** Every pair of buyer and provider whose trade weighs nothing. All others of the market's own buyers weigh what they are worth. */
export const worthless = plots.flatMap(({ expected }) =>
  expected.flatMap((one) => (one.kind === 'noEvidence' ? [one] : [])),
);

/** Those who mean well, `slandered` among them; how well they do it is another question. */
export const honestProviders: readonly number[] = listByConduct('honest');
export const honestBuyers: readonly number[] = accounts.buyers;
