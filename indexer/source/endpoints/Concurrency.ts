/**
 * How many requests are under way at an endpoint, and may be: doubled by every round that it takes in, halved when it
 * does not keep up, then raised by one a round, as TCP does.
 */
export class Concurrency {
  #inFlight = 0;
  #limit: number;
  #careful = Number.POSITIVE_INFINITY;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(FIRST, most);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  get isFull(): boolean {
    return this.#inFlight >= this.limit;
  }

  begin(): void {
    this.#inFlight += 1;
  }

  end(): void {
    this.#inFlight -= 1;
  }

  /** To be told before the request ends: a limit that is not reached is not raised. */
  grow(): void {
    if (!this.isFull) return;
    this.#limit = Math.min(this.#most, this.#limit + (this.#limit < this.#careful ? 1 : 1 / this.#limit));
  }

  shrink(): void {
    this.#careful = Math.max(1, this.#limit / 2);
    this.#limit = this.#careful;
  }
}

const FIRST = 8;
