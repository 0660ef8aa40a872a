/**
 * How many calls a second an endpoint takes, learned from its refusals: there is no limit before the first one. A batch
 * counts as its calls, as providers count. Bounded by a bucket that may go into debt, so that a batch larger than the
 * limit is sent whole and paid for afterwards.
 */
export class RateLimit {
  #perSecond: number | undefined;
  #tokens = 0;
  #filledAt = 0;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #grownAt = Number.NEGATIVE_INFINITY;
  /** Calls of the second that began at `#since`, and of the one before. */
  #since = 0;
  #count = 0;
  #before = 0;

  get perSecond(): number | undefined {
    return this.#perSecond;
  }

  /** Milliseconds until the next request may go; 0: now. */
  waitMs(now: number): number {
    if (this.#perSecond === undefined) return 0;
    this.#fill(now);
    return this.#tokens > 0 ? 0 : Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1_000);
  }

  take(calls: number, now: number): void {
    this.#roll(now);
    this.#count += calls;
    if (this.#perSecond === undefined) return;
    this.#fill(now);
    this.#tokens -= calls;
  }

  /** The endpoint asked for less. Refusals of one burst are one lesson. */
  refuse(now: number): void {
    if (now - this.#refusedAt < BURST_MS) return;
    this.#refusedAt = now;
    this.#grownAt = now;
    const taken = Math.min(this.#perSecond ?? Number.POSITIVE_INFINITY, this.#recent(now));
    this.#perSecond = Math.max(LEAST_PER_SECOND, taken * SHRINK);
    this.#tokens = 0;
    this.#filledAt = now;
  }

  /** It took what was sent; after a while of that, more is tried, if more was wanted. */
  accept(now: number): void {
    if (this.#perSecond === undefined) return;
    if (now - this.#refusedAt < CALM_MS || now - this.#grownAt < GROW_EVERY_MS) return;
    if (this.#recent(now) < this.#perSecond * IN_USE) return;
    this.#grownAt = now;
    this.#perSecond *= GROW;
    if (this.#perSecond > FREE_PER_SECOND) this.#perSecond = undefined;
  }

  #fill(now: number): void {
    const perSecond = this.#perSecond ?? 0;
    this.#tokens = Math.min(perSecond * BURST_S, this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = now;
  }

  /** Calls of about the last second. */
  #recent(now: number): number {
    this.#roll(now);
    const part = (now - this.#since) / 1_000;
    return this.#before * (1 - part) + this.#count;
  }

  #roll(now: number): void {
    const seconds = Math.floor((now - this.#since) / 1_000);
    if (seconds < 1) return;
    this.#before = seconds === 1 ? this.#count : 0;
    this.#count = 0;
    this.#since += seconds * 1_000;
  }
}

const LEAST_PER_SECOND = 1;
const BURST_MS = 1_000;
/** What the bucket holds, in seconds of the limit. */
const BURST_S = 0.5;
const SHRINK = 0.7;
const CALM_MS = 10_000;
const GROW_EVERY_MS = 1_000;
const GROW = 1.05;
/** Share of the limit that must be asked for before it is raised. */
const IN_USE = 0.8;
/** No provider limits at this rate; the limit is forgotten. */
const FREE_PER_SECOND = 2_000;
