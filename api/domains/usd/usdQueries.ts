import type { Database } from '../../database/createDatabase.js';

/** A moment of a chain: a fact's own place in it. */
export interface FactPlace {
  readonly chainId: number;
  readonly height: number;
  readonly logIndex: number;
  /** Of the block. */
  readonly at: Date;
}

/** Of a place behind the last log of any block. */
export const LAST_LOG = 2 ** 31 - 1;

export interface AnswerKey extends FactPlace {
  /** Address of the proxy, in lower case. */
  readonly feed: string;
}

export interface AnswerRow {
  /** Which key it answers, from 1. */
  readonly ordinal: number;
  /** Whether the feed had answered anything by then. */
  readonly answered: boolean;
  /** Of its last answer above zero; null where there was none. */
  readonly roundId: string | null;
  readonly answer: string;
  readonly updatedAt: string;
  readonly decimals: number;
  readonly phase: number | null;
  readonly aggregator: string;
}

/** What one feed had said by each of the moments, by index feed_answer_updated. */
export function listAnswers(
  database: Database,
  { chainId, feed }: { readonly chainId: number; readonly feed: string },
  places: readonly FactPlace[],
): Promise<AnswerRow[]> {
  return database.query(
    `select k.ordinal, exists (${until('select')}) as answered, valid.*
     from unnest($3::int8[], $4::int8[], $5::int4[]) with ordinality as k (at, height, log_index, ordinal)
     left join lateral (
       ${until(`select f.round_id as "roundId", f.answer, f.updated_at as "updatedAt", f.decimals, f.phase, f.aggregator`)}
       and f.answer > 0
       order by f.updated_at desc, f.height desc, f.log_index desc limit 1
     ) as valid on true`,
    [
      chainId,
      feed,
      places.map(({ at }) => Math.floor(at.getTime() / 1_000)),
      places.map(({ height }) => height),
      places.map(({ logIndex }) => logIndex),
    ],
  );
}

/** Answers given by the moment and on the chain by then. */
function until(select: string): string {
  return `${select} from feed_answer f
    where f.chain_id = $1 and f.feed = $2 and f.updated_at <= k.at
      and (f.height, f.log_index) <= (k.height, k.log_index)`;
}
