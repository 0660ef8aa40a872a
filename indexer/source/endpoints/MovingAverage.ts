/** Of the last twenty or so samples; a plain mean until there are as many. */
export class MovingAverage {
  #count = 0;
  #value = 0;

  /** Undefined before the first sample. */
  get value(): number | undefined {
    return this.#count === 0 ? undefined : this.#value;
  }

  add(sample: number): void {
    this.#count += 1;
    this.#value += (sample - this.#value) * Math.max(WEIGHT, 1 / this.#count);
  }
}

const WEIGHT = 0.05;
