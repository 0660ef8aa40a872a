import { readFileSync } from 'node:fs';
import { joinHoldings, toConcentration } from '../../schema/metrics/formulas/economy/toConcentration.js';
import { toGrowth } from '../../schema/metrics/formulas/economy/toGrowth.js';
import { toMarketShares } from '../../schema/metrics/formulas/economy/toMarketShares.js';
import { toRetention, toRevenueRetention } from '../../schema/metrics/formulas/economy/toRetention.js';
import { toYields } from '../../schema/metrics/formulas/economy/toYields.js';
import { type MachineUse, toCapacity } from '../../schema/metrics/formulas/supply/toCapacity.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';

const FILE = '../oracles/metric-oracles.json';

describeWithShared(FILE, 'oracles of supply and economy', () => {
  const oracles: readonly { readonly id: string; readonly inputs: never; readonly expected: never }[] = JSON.parse(
    readFileSync(toSharedPath(FILE), 'utf8'),
  );

  function getOracle<Inputs, Expected>(id: string): { readonly inputs: Inputs; readonly expected: Expected } {
    const found = oracles.find((oracle) => oracle.id === id);
    if (!found) throw new Error(`Expected an oracle ${id}, found none in ${FILE}.`);
    return found;
  }

  it('SUP-01: capacity and utilisation', () => {
    const { inputs, expected } = getOracle<
      { readonly windowSeconds: number; readonly nodes: readonly MachineUse[] },
      Readonly<Record<string, number>>
    >('SUP-01');
    expectClose(toCapacity(inputs.windowSeconds, inputs.nodes), expected);
  });

  it('ECO-01: concentration by address and by operator', () => {
    interface Holder {
      readonly address: string;
      readonly value: number;
      readonly operator: string;
    }
    const { inputs, expected } = getOracle<
      { readonly holders: readonly Holder[] },
      Readonly<Record<'byAddress' | 'byOperator', Readonly<Record<string, number>>>>
    >('ECO-01');
    const holdings = inputs.holders.map(({ address, value }) => ({ holder: address, value: BigInt(value) }));
    const operators = new Map(inputs.holders.map(({ address, operator }) => [address, operator]));
    expectClose(toConcentration(holdings.map(({ value }) => value)), expected.byAddress);
    expectClose(toConcentration(joinHoldings(holdings, operators)), expected.byOperator);
  });

  it('ECO-02: yields of stake', () => {
    const { inputs, expected } = getOracle<Readonly<Record<string, number>>, Readonly<Record<string, number>>>(
      'ECO-02',
    );
    const { stakeTimeWeighted, rewards = 0, feeShareOfRewards = 0, days = 0, slashed } = inputs;
    const seconds = days * 86_400;
    const yields = toYields({
      stakeSeconds: BigInt(stakeTimeWeighted ?? 0) * BigInt(seconds),
      seconds,
      rewards: BigInt(rewards),
      feeRewards: BigInt(Number(rewards) * feeShareOfRewards),
      slashed: BigInt(slashed ?? 0),
    });
    expectClose(yields, expected);
  });

  it('ECO-03: who gets what', () => {
    const { inputs, expected } = getOracle<Readonly<Record<string, number>>, Readonly<Record<string, number | string>>>(
      'ECO-03',
    );
    const of = (name: string) => BigInt(inputs[name] ?? Number.NaN);
    const { adds, ...shares } = toMarketShares({
      gmv: of('gmvUsd'),
      fees: of('protocolFeesUsd'),
      payouts: of('providerPayoutUsd'),
      emissions: of('emissionsUsd'),
      washGmv: of('washGmvUsd'),
    });
    const { identity, ...figures } = expected;
    expect([adds, identity]).toEqual([true, 'fees + payouts = gmv']);
    expectClose(shares, figures as Readonly<Record<string, number>>);
  });

  it('ECO-04: growth', () => {
    const { inputs, expected } = getOracle<
      { readonly weeklyGpuHours: readonly number[] },
      { readonly wow: readonly number[]; readonly cmgr: number; readonly logSlope: number }
    >('ECO-04');
    const { changes, compound, logSlope } = toGrowth(inputs.weeklyGpuHours);
    const { wow, ...rest } = expected;
    expectClose({ ...changes, cmgr: compound, logSlope }, { ...Object.fromEntries(wow.entries()), ...rest });
  });

  it('ECO-05: retention', () => {
    const { inputs, expected } = getOracle<
      {
        readonly activeBuyers: Readonly<Record<string, readonly string[]>>;
        readonly spendUsd: Readonly<Record<string, Readonly<Record<string, number>>>>;
      },
      {
        readonly retentionW0: readonly number[];
        readonly nrr: number;
        readonly grr: number;
        readonly logoRetention: number;
      }
    >('ECO-05');
    const weeks = Object.values(inputs.activeBuyers).map((buyers) => new Set(buyers));
    const [before, after] = Object.values(inputs.spendUsd).map(
      (spend) => new Map(Object.entries(spend).map(([buyer, spent]) => [buyer, BigInt(spent)])),
    );
    const { retentionW0, ...revenue } = expected;
    expectClose({ ...toRetention(weeks[0] ?? new Set(), weeks) }, Object.fromEntries(retentionW0.entries()));
    expectClose(toRevenueRetention(before ?? new Map(), after ?? new Map()), revenue);
  });
});

/** Every expected figure, to the oracles' tolerance of 1e-9. */
function expectClose(found: object, expected: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(expected)) {
    const figure = (found as Readonly<Record<string, unknown>>)[name];
    const isClose = typeof figure === 'number' && Math.abs(figure - value) <= 1e-9 * Math.max(1, Math.abs(value));
    expect([name, isClose ? value : figure]).toEqual([name, value]);
  }
}
