/** Finds images by the values of their factors. */
export class LabelIndex {
  /** [count, width] */
  readonly #labels: Uint16Array;
  readonly #width: number;
  /** Numbers of the images in the order of their rows. */
  readonly #order: Uint32Array;

  constructor(labels: Uint16Array, width: number) {
    this.#labels = labels;
    this.#width = width;
    const order = Uint32Array.from({ length: labels.length / width }, (_, i) => i);
    // Sets are mostly written in order, and sorting a million rows takes seconds.
    const inOrder = order.every((_, i) => i === 0 || this.#compare(i - 1, i) <= 0);
    this.#order = inOrder ? order : order.sort((a, b) => this.#compare(a, b) || a - b);
  }

  /** The first image that has these values or, where there is none, the first that has most of them. */
  find(values: readonly number[]): number {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#comparedTo(this.#order[middle], values) < 0) low = middle + 1;
      else high = middle;
    }
    const found: number | undefined = this.#order[low];
    return found !== undefined && this.#comparedTo(found, values) === 0 ? found : this.#nearest(values);
  }

  #nearest(values: readonly number[]): number {
    let [nearest, fewest] = [0, this.#width + 1];
    for (let image = 0; image < this.#order.length && fewest > 0; image++) {
      let others = 0;
      for (let f = 0; f < this.#width; f++) if (this.#labels[image * this.#width + f] !== values[f]) others++;
      if (others < fewest) [nearest, fewest] = [image, others];
    }
    return nearest;
  }

  #compare(a: number, b: number): number {
    for (let f = 0; f < this.#width; f++) {
      const difference = this.#labels[a * this.#width + f] - this.#labels[b * this.#width + f];
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #comparedTo(image: number, values: readonly number[]): number {
    for (let f = 0; f < this.#width; f++) {
      const difference = this.#labels[image * this.#width + f] - values[f];
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
