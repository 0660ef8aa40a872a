import { countOverdueTasks } from '../../database/overdue.js';
import { ifRecorded } from '../../database/records.js';
import { latestPriced } from '../../domains/provider/providerQueries.js';
import type { Join } from './ExportColumn.js';

/** What resolvers make of a row, as SQL of the row: by the name of the list. A test holds the two equal. */
export interface ComputedColumns {
  /** By field. */
  readonly values?: Readonly<Record<string, Computed>>;
  /** Prices, by field. */
  readonly prices?: Readonly<Record<string, PriceColumns>>;
  /** Ids of tokens, by field; `token` of every list that can be filtered by it need not be named. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export interface Computed {
  readonly sql: string;
  readonly joins?: readonly Join[];
  /** Of a field that is no leaf: what it is as one value. */
  readonly description?: string;
  /** Costs a look-up for each row, or is long: only where it is asked for. */
  readonly isExtra?: boolean;
}

/** SQL of the parts of a price, which are null together. */
export interface PriceColumns {
  readonly amount: string;
  readonly unit: string;
  readonly scale: string;
  readonly token: string;
  readonly joins?: readonly Join[];
}

const byName = 'as a JSON object';

/** The last price that a log of its own settled for a job, where the agreement names none: by index price_job. */
const settled: Join = {
  alias: 'settled',
  sql: `
    select g.amount, g.unit, g.scale, g.token from price g
    where (j.price is null or j.price_token is null) and g.job_id = j.id and g.basis = 'settled'
    order by g.height desc, g.log_index desc, g.part desc limit 1`,
};
const hasPrice = 'j.price is not null and j.price_token is not null';
const hasProviderPrice = 'j.provider_price is not null and j.price_token is not null';

export const computedColumns: Readonly<Record<string, ComputedColumns>> = {
  ChainPrice: { prices: { price: { amount: 'r.amount', unit: 'r.unit', scale: 'r.scale', token: 'r.token' } } },
  Job: {
    values: {
      attributes: { sql: 'j.attributes', description: byName, isExtra: true },
      paid: {
        sql: ifRecorded(
          'payout',
          `(select coalesce(sum(w.amount), 0) from payout w where w.job_id = j.id and w.token = n.work_token and w.for_work)`,
        ),
        isExtra: true,
      },
    },
    prices: {
      price: {
        amount: `case when ${hasPrice} then j.price else settled.amount end`,
        unit: `case when ${hasPrice} then coalesce(j.price_unit, 'task') else settled.unit end`,
        scale: `case when ${hasPrice} then j.price_scale else settled.scale end`,
        token: `case when ${hasPrice} then j.price_token else settled.token end`,
        joins: [settled],
      },
      providerPrice: {
        amount: `case when ${hasProviderPrice} then j.provider_price end`,
        unit: `case when ${hasProviderPrice} then coalesce(j.price_unit, 'task') end`,
        scale: `case when ${hasProviderPrice} then j.price_scale end`,
        token: `case when ${hasProviderPrice} then j.price_token end`,
      },
    },
  },
  Network: {
    values: {
      tasksFailed: {
        sql: ifRecorded('jobs', `n.tasks_failed + ${countOverdueTasks('true')}`),
        joins: [{ alias: 'c', sql: 'select k.* from chain k where k.chain_id = n.chain_id' }],
        isExtra: true,
      },
    },
    tokens: { workToken: 'n.work_token', stakeToken: 'n.stake_token' },
  },
  Node: { values: { terms: { sql: 'd.terms', description: byName, isExtra: true } } },
  Provider: {
    values: { terms: { sql: 'p.terms', description: byName, isExtra: true } },
    prices: {
      latestPrice: {
        amount: 'latest_price.price',
        unit: "case when latest_price.price is not null then coalesce(latest_price.price_unit, 'task') end",
        scale: 'latest_price.price_scale',
        token: 'latest_price.price_token',
        joins: [{ alias: 'latest_price', sql: latestPriced('p.id') }],
      },
    },
  },
  QuarantinedLog: {
    values: {
      topics: {
        sql: `array_to_json(array(
          select '0x' || encode(topic, 'hex') from unnest(q.topics) with ordinality as one (topic, place) order by place))`,
        description: 'as a JSON array',
      },
    },
  },
};
