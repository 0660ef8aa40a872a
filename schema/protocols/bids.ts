/**
 * By protocol whether its buyers bid on chain for jobs that end by themselves, so that it is known what nobody served; or why not, as a
 * sentence for people. A test holds it against every manifest.
 */
export const bidsOfProtocols: Readonly<Record<string, true | string>> = {
  // A request names the most that its buyer pays, and a deadline.
  boundless: true,
  iexec:
    'A request order of iExec names no end: it stands until somebody matches it or its owner closes it, so that none is known to have gone unserved.',
  'compute-market': 'Nobody bids on ComputeMarket: a buyer takes an offer as it stands.',
  livepeer: 'Prices of Livepeer are agreed on off chain: nobody bids on it.',
  marlin: 'Nobody bids on Marlin Oyster: a job is opened at the rate that an operator asks.',
  '0g-compute': 'Nobody bids on 0G Compute: requests are paid at the price that a provider asks.',
  fluence: 'What a deal of Fluence offers to pay is recorded as the price of its job, and not as a bid.',
};
