import type { MetricDefinition, SubjectKind } from '../MetricDefinition.js';

const beats = ['node_verdict', 'heartbeat_node', 'node_version'];
const groups: readonly SubjectKind[] = ['network', 'hardware', 'region'];

const ofHours = {
  subjects: groups,
  grains: ['hour', 'day'],
  methodVersion: 1,
  sources: beats,
} as const satisfies Partial<MetricDefinition>;

const ofDays = {
  subjects: groups,
  grains: ['day'],
  value: 'computed',
  methodVersion: 1,
  sources: [...beats, 'node_day'],
} as const satisfies Partial<MetricDefinition>;

const ofWindows = {
  subjects: ['node', ...groups, 'provider'],
  grains: ['window'],
  value: 'computed',
  methodVersion: 1,
  sources: [...beats, 'node_day', 'outage', 'uptime_window'],
} as const satisfies Partial<MetricDefinition>;

const slotWords =
  'A slot is a minute of unix time within a node’s life. It is up if a signed beat of the node came in time, and unknown if too few of our own collectors were healthy to tell.';
const placeWords =
  'A node counts with the provider, the region and the GPU model that the chain told of it when the hour ended; the model is that of the catalogue of GPUs, else unknown. Region and model are the provider’s own word.';
const windowWords =
  'Windows are the last 1, 7, 30 and 90 days up to the last hour that is judged, clipped to each node’s life: coverage says of how much. Nodes count with the provider, the region and the model that they have now.';
const outageWords =
  'An outage is a longest run of at least two down slots; unknown ones neither start nor end it, and do not count.';

/** How reliable machines are, by their heartbeats (docs/heartbeat.md). */
export const reliabilityMetrics: readonly MetricDefinition[] = [
  {
    ...ofHours,
    id: 'reliability.capacityUptime',
    title: 'Uptime by capacity',
    unit: 'ratio',
    value: 'ratio',
    definition:
      'The share of GPU-minutes in which the machine that holds the GPU was up: what somebody who rents a GPU at random meets. The headline of a network.',
    formula: 'Σ gpus · up / Σ gpus · known slots of all nodes (REL-11). n: nodes with known slots, by the hour.',
    caveats: `${slotWords} ${placeWords} Nodes that claim no GPU have no weight; where none does there is no figure.`,
    better: 'higher',
  },
  {
    ...ofHours,
    id: 'reliability.uptime',
    subjects: [...groups, 'provider'],
    title: 'Uptime',
    unit: 'ratio',
    value: 'ratio',
    definition: 'The share of known slots in which nodes were up, announced maintenance included.',
    formula: 'up / known slots, pooled over nodes (REL-01, REL-11). n: nodes with known slots, by the hour.',
    caveats: `${slotWords} No figure where no slot is known. ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofHours,
    id: 'reliability.uptimeSla',
    subjects: [...groups, 'provider'],
    title: 'Uptime without maintenance',
    unit: 'ratio',
    value: 'ratio',
    definition: 'The share of known slots outside announced maintenance in which nodes were up.',
    formula: '(up − up in maintenance) / (known − known in maintenance), pooled over nodes (REL-01).',
    sources: [...beats, 'maintenance_notice'],
    caveats: `Maintenance counts that was announced a day ahead, at most eight hours of thirty days; the uptime with it stands beside this one. ${slotWords} ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofHours,
    id: 'reliability.coverage',
    subjects: [...groups, 'provider'],
    title: 'Coverage',
    unit: 'ratio',
    value: 'ratio',
    definition:
      'How much of what was expected of nodes is known at all. What is missing is our own collectors’ fault, and nobody’s downtime.',
    formula: 'known / expected slots, pooled over nodes (REL-01, REL-10).',
    caveats: `${slotWords} Shown beside every uptime. ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofHours,
    id: 'reliability.downSlots',
    title: 'Minutes down',
    unit: 'count',
    value: 'sum',
    definition: 'Node-minutes that are known to be down, those of outages and single ones.',
    formula: 'Σ known − up slots. n: nodes with known slots, by the hour.',
    caveats: `${slotWords} ${placeWords}`,
    better: 'lower',
  },
  {
    ...ofHours,
    id: 'reliability.outages',
    title: 'Outages that began',
    unit: 'count',
    value: 'sum',
    definition: 'How many outages of nodes began.',
    formula: 'Outages by the hour of their first down slot (REL-09).',
    sources: [...beats, 'outage'],
    caveats: `${outageWords} ${placeWords}`,
    better: 'lower',
  },
  {
    ...ofHours,
    id: 'reliability.repairs',
    title: 'Outages that ended',
    unit: 'count',
    value: 'sum',
    definition: 'How many outages of nodes ended. Fewer than began: some are open still.',
    formula: 'Outages that an up slot has followed, by the hour of their last down slot (REL-09).',
    sources: [...beats, 'outage'],
    caveats: `${outageWords} ${placeWords}`,
  },
  {
    ...ofDays,
    id: 'reliability.uptimeMean',
    title: 'Mean uptime of nodes',
    unit: 'ratio',
    definition:
      'The mean of the nodes’ own uptimes: each node counts the same, whatever it holds and however long it was known.',
    formula: 'Mean of up / known over nodes with known slots (REL-11). n: such nodes.',
    caveats: `Nodes without known slots are left out, and counted apart. ${slotWords} ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofDays,
    id: 'reliability.uptimeP5',
    title: 'Uptime of the worst twentieth',
    unit: 'ratio',
    definition: 'One node in twenty was up for less than this. A mean hides a dead tail.',
    formula: 'The 5 % quantile of up / known over nodes with known slots, linear between neighbours (percentile_cont).',
    caveats: `Below twenty nodes it is close to the worst one. ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofDays,
    id: 'reliability.uptimeP50',
    title: 'Median uptime of nodes',
    unit: 'ratio',
    definition: 'Half of the nodes were up for less than this.',
    formula: 'The median of up / known over nodes with known slots.',
    caveats: `Nodes without known slots are left out, and counted apart. ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofDays,
    id: 'reliability.uptimeP95',
    title: 'Uptime of the best twentieth',
    unit: 'ratio',
    definition: 'One node in twenty was up for more than this.',
    formula:
      'The 95 % quantile of up / known over nodes with known slots, linear between neighbours (percentile_cont).',
    caveats: `Nodes without known slots are left out, and counted apart. ${placeWords}`,
    better: 'higher',
  },
  {
    ...ofDays,
    id: 'reliability.nodesWithoutData',
    title: 'Nodes without data',
    unit: 'count',
    definition: 'Nodes of which nothing is known on that day although they were expected: neither up nor down.',
    formula: 'Nodes with expected and without known slots (REL-11). n: nodes with expected slots.',
    caveats: `Nodes that have never beaten are not expected, and not in it. ${placeWords}`,
    better: 'lower',
  },
  {
    ...ofDays,
    id: 'reliability.mtbf',
    title: 'Mean time between failures',
    unit: 'seconds',
    definition: 'How long nodes were up, together, for each outage that began.',
    formula: 'up slots · 60 / outages that began on the day (REL-09). n: those outages.',
    sources: [...beats, 'node_day', 'outage'],
    caveats: `Null without an outage, never infinite: then the detail says how long it is at least, with 95 % confidence (time up / 3.0). ${outageWords}`,
    better: 'higher',
  },
  {
    ...ofDays,
    id: 'reliability.mttr',
    title: 'Mean time to repair',
    unit: 'seconds',
    definition: 'How long outages lasted that were over by that day, from their first minute on.',
    formula: 'Mean of down slots · 60 over outages whose last down slot lies in the day (REL-09). n: those outages.',
    sources: [...beats, 'outage'],
    caveats: `Outages that are open still are not in it, so that it is too small while a long one lasts. No figure where none ended. ${outageWords}`,
    better: 'lower',
  },
  {
    ...ofWindows,
    id: 'reliability.windowUptime',
    title: 'Uptime of the last days',
    unit: 'ratio',
    definition:
      'The share of known slots of a window in which the subject’s nodes were up, with its coverage beside it.',
    formula:
      'up / known slots of the window (REL-02); without maintenance (up − up in maintenance) / (known − maintenance).',
    caveats: `${windowWords} ${slotWords}`,
    better: 'higher',
  },
  {
    ...ofWindows,
    id: 'reliability.windowLower',
    title: 'Uptime of the last days, lower bound',
    unit: 'ratio',
    definition:
      'What the uptime of a window is at least, with 95 % confidence from both sides. A short record has a low one.',
    formula:
      'Wilson’s interval (z 1.96) of up / known over n effective trials (REL-04, REL-08), rounded half to even to 6 places. windowUpper is its other end.',
    caveats: `${windowWords} Nodes of one subject are taken to fail independently of each other: of a rack that fails as one the bounds are too narrow.`,
    better: 'higher',
  },
  {
    ...ofWindows,
    id: 'reliability.windowUpper',
    title: 'Uptime of the last days, upper bound',
    unit: 'ratio',
    definition: 'What the uptime of a window is at most, with 95 % confidence from both sides.',
    formula: 'The upper end of the interval of windowLower.',
    caveats: windowWords,
  },
  {
    ...ofWindows,
    id: 'reliability.windowEffectiveN',
    title: 'Effective number of slots',
    unit: 'count',
    definition:
      'How many independent trials the slots of a window are worth: minutes that follow each other mostly say the same.',
    formula:
      'n (1 − ρ) / (1 + ρ), ρ = 1 − failures / up − repairs / down in outages (REL-08). No failure counts as half a one; without time in a state its rate is ½.',
    caveats: `${windowWords} ${outageWords} An outage that began before the window is no failure of it, its end is a repair.`,
  },
  {
    ...ofWindows,
    id: 'reliability.windowMtbf',
    title: 'Mean time between failures of the last days',
    unit: 'seconds',
    definition: 'How long the subject’s nodes were up for each outage that began in the window, with 95 % bounds.',
    formula:
      'up / failures; bounds 2T / χ²(.975, 2r + 2) to 2T / χ²(.025, 2r), T the time up, r failures (REL-09); without one T / 3.0 at least.',
    caveats: `${windowWords} ${outageWords} Null without a failure.`,
    better: 'higher',
  },
  {
    ...ofWindows,
    id: 'reliability.windowMttr',
    title: 'Mean time to repair of the last days',
    unit: 'seconds',
    definition: 'How long outages of the window lasted: of those that ended, and by all time down for each repair.',
    formula:
      'Σ down of ended outages / repairs; and Σ down of all outages / repairs, which takes open ones in (REL-09).',
    caveats: `${windowWords} Outages are cut at the window’s edge. Null without a repair.`,
    better: 'lower',
  },
  {
    ...ofWindows,
    id: 'reliability.windowLongestOutage',
    title: 'Longest outage of the last days',
    unit: 'seconds',
    definition: 'The longest outage of one node in the window, open ones included.',
    formula: 'max of down slots · 60 over outages, cut at the window’s edge.',
    caveats: `${windowWords} ${outageWords}`,
    better: 'lower',
  },
];
