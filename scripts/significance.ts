/**
 * Mann-Whitney's test of two samples: by how much the ranks of one are higher than chance would have them. Ties
 * share their mean rank.
 */
export interface RankTest {
  /** The share of pairs in which the first sample's is the greater, ties by half: Vargha and Delaney's A12. */
  readonly superiority: number;
  /** Two-sided and exact: over every way to deal the values out to two samples of these sizes. */
  readonly p: number;
}

/** @throws RangeError for more ways than can be counted out, or none */
export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const count = first.length + second.length;
  if (first.length === 0 || second.length === 0 || count > 30)
    throw new RangeError('an exact test takes two samples of at most 30 values together');
  const ranks = ranksOf([...first, ...second]);
  const sum = ranks.slice(0, first.length).reduce((all, rank) => all + rank, 0);
  const least = (first.length * (first.length + 1)) / 2;
  const pairs = first.length * second.length;
  const middle = least + pairs / 2;

  // ways[k].get(s): how many choices of k ranks have the sum s. Twice a rank is whole, ties or not.
  const ways = Array.from({ length: first.length + 1 }, () => new Map<number, number>());
  ways[0].set(0, 1);
  for (const rank of ranks)
    for (let k = first.length; k > 0; k--)
      for (const [before, number] of ways[k - 1]) {
        const after = before + 2 * rank;
        ways[k].set(after, (ways[k].get(after) ?? 0) + number);
      }
  let all = 0;
  let asFar = 0;
  for (const [doubled, number] of ways[first.length]) {
    all += number;
    if (Math.abs(doubled / 2 - middle) >= Math.abs(sum - middle)) asFar += number;
  }
  return { superiority: (sum - least) / pairs, p: asFar / all };
}

function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Holm's correction: p of each test so that all of them together err in no more than the share asked for. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b]);
  const corrected = new Array<number>(ps.length);
  let most = 0;
  order.forEach((i, place) => {
    most = Math.max(most, Math.min(1, ps[i] * (ps.length - place)));
    corrected[i] = most;
  });
  return corrected;
}

/** The value below which a share of the sorted values lies, linear between two of them. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
