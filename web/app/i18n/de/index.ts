import { buyer } from './buyer.js';
import { chains } from './chains.js';
import { frame } from './frame.js';
import { jobs } from './jobs.js';
import { networks } from './networks.js';
import { provider } from './provider.js';
import { search } from './search.js';
import { shared } from './shared.js';
import { status } from './status.js';

/** One file a part of the site; a text that several parts show stands in the first of them. */
export const german = {
  ...frame,
  ...chains,
  ...shared,
  ...provider,
  ...buyer,
  ...networks,
  ...jobs,
  ...status,
  ...search,
};
