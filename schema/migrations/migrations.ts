import { Facts1700000000001 } from './1700000000001-facts.js';
import { Sync1700000000002 } from './1700000000002-sync.js';
import { Writer1700000000003 } from './1700000000003-writer.js';
import { Plan1700000000004 } from './1700000000004-plan.js';
import { Coarse1700000000005 } from './1700000000005-coarse.js';
import { Market1700000000006 } from './1700000000006-market.js';
import { Feeds1700000000007 } from './1700000000007-feeds.js';
import { Conservation1700000000008 } from './1700000000008-conservation.js';
import { Deadline1700000000009 } from './1700000000009-deadline.js';
import { Probes1700000000011 } from './1700000000011-probes.js';
import { Metadata1700000000012 } from './1700000000012-metadata.js';
import { Heartbeats1700000000013 } from './1700000000013-heartbeats.js';
import { Reachability1700000000014 } from './1700000000014-reachability.js';
import { Distribution1700000000015 } from './1700000000015-distribution.js';
import { Metrics1700000000016 } from './1700000000016-metrics.js';
import { Outcomes1700000000017 } from './1700000000017-outcomes.js';
import { Capacity1700000000018 } from './1700000000018-capacity.js';
import { Offers1700000000019 } from './1700000000019-offers.js';
import { Begun1700000000021 } from './1700000000021-begun.js';
import { Windows1700000000022 } from './1700000000022-windows.js';
import { Lists1700000000027 } from './1700000000027-lists.js';
import { Points1700000000028 } from './1700000000028-points.js';
import { JobCounts1700000000029 } from './1700000000029-job-counts.js';
import { Search1700000000030 } from './1700000000030-search.js';
import { Keys1700000000031 } from './1700000000031-keys.js';
import { Retractions1700000000032 } from './1700000000032-retractions.js';
import { Reads1700000000034 } from './1700000000034-reads.js';
import { Asked1700000000035 } from './1700000000035-asked.js';
import { Priced1700000000036 } from './1700000000036-priced.js';

/** In the order in which they run; one per change, never edited once merged. */
export const migrations = [
  Facts1700000000001,
  Sync1700000000002,
  Writer1700000000003,
  Plan1700000000004,
  Coarse1700000000005,
  Market1700000000006,
  Feeds1700000000007,
  Conservation1700000000008,
  Deadline1700000000009,
  Probes1700000000011,
  Metadata1700000000012,
  Heartbeats1700000000013,
  Reachability1700000000014,
  Distribution1700000000015,
  Metrics1700000000016,
  Outcomes1700000000017,
  Capacity1700000000018,
  Offers1700000000019,
  Begun1700000000021,
  Windows1700000000022,
  Lists1700000000027,
  Points1700000000028,
  JobCounts1700000000029,
  Keys1700000000031,
  Retractions1700000000032,
  Search1700000000030,
  Reads1700000000034,
  Asked1700000000035,
  Priced1700000000036,
];
