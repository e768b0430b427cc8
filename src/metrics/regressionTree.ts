/** Greatest number of splits on a way from the root to a leaf. */
const depth = 3;
/** Length of arrays with a place for every node, in heap order: the root is 1, the children of n are 2n and 2n + 1. */
export const treeNodes = 2 ** (depth + 1);
/** Values closer than this are not told apart. */
const leastStep = 1e-7;
/** Less squared error than this is none. */
const leastError = 1e-12;

/** Columns of features, and the rows in ascending order of each column; made once for many trees. */
export interface SortedFeatures {
  readonly count: number;
  readonly columns: readonly Float32Array[];
  readonly orders: readonly Int32Array[];
}

export function sortFeatures(columns: readonly Float32Array[]): SortedFeatures {
  const count = columns[0].length;
  const orders = columns.map((column) =>
    Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => column[a] - column[b] || a - b),
  );
  return { count, columns, orders };
}

/** A binary tree of at most three levels of splits, in heap order. */
export interface RegressionTree {
  /** Feature of each node's split, -1 where the node is a leaf. */
  readonly features: Int16Array;
  /** Rows whose feature is at most the threshold go left. */
  readonly thresholds: Float64Array;
  /** What each node's split takes off the squared error, summed over its rows; 0 for leaves. */
  readonly gains: Float64Array;
  /** The leaf that each fitted row fell into. */
  readonly leaves: Uint8Array;
}

/**
 * Fits a tree to targets by exhaustive search for the split that takes most off the squared error.
 * Source: Breiman et al. 1984, *Classification and Regression Trees*, chapter 8; depth and stopping as
 * scikit-learn's GradientBoostingClassifier has them.
 */
export function fitRegressionTree(sorted: SortedFeatures, targets: Float64Array): RegressionTree {
  const { count, columns } = sorted;
  const tree = {
    features: new Int16Array(treeNodes).fill(-1),
    thresholds: new Float64Array(treeNodes),
    gains: new Float64Array(treeNodes),
    leaves: new Uint8Array(count),
  };
  // A node's rows lie together, from `start` to `end`, in every order: each split parts them, keeping them sorted.
  const orders = sorted.orders.map((order) => order.slice());
  const scratch = new Int32Array(count);
  const grow = (node: number, start: number, end: number): void => {
    const split = 2 * node < treeNodes ? bestSplit(columns, orders, targets, start, end) : undefined;
    if (!split) {
      for (let at = start; at < end; at++) tree.leaves[orders[0][at]] = node;
      return;
    }
    tree.features[node] = split.feature;
    tree.thresholds[node] = split.threshold;
    tree.gains[node] = split.gain;
    const column = columns[split.feature];
    // Leaves need their rows, in any one order.
    const parted = 4 * node < treeNodes ? orders : [orders[0]];
    for (const order of parted) partition(order, start, end, column, split.threshold, scratch);
    grow(2 * node, start, start + split.leftCount);
    grow(2 * node + 1, start + split.leftCount, end);
  };
  grow(1, 0, count);
  return tree;
}

/** The leaf that a row falls into. */
export function leafOf(
  { features, thresholds }: RegressionTree,
  columns: readonly Float32Array[],
  row: number,
): number {
  let node = 1;
  while (features[node] >= 0) node = 2 * node + (columns[features[node]][row] <= thresholds[node] ? 0 : 1);
  return node;
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly gain: number;
  /** Rows that go left. */
  readonly leftCount: number;
}

/** The best split of the rows from `start` to `end`; undefined where none takes anything off. */
function bestSplit(
  columns: readonly Float32Array[],
  orders: readonly Int32Array[],
  targets: Float64Array,
  start: number,
  end: number,
): Split | undefined {
  const count = end - start;
  let [sum, squares] = [0, 0];
  for (let at = start; at < end; at++) {
    const target = targets[orders[0][at]];
    sum += target;
    squares += target * target;
  }
  if (squares - (sum * sum) / count <= leastError) return undefined;

  let best: Split | undefined;
  /** The best split's gain times the number of rows: compared without a division for every row. */
  let greatest = 0;
  for (let feature = 0; feature < columns.length; feature++) {
    const column = columns[feature];
    const order = orders[feature];
    let leftSum = 0;
    let last = column[order[start]];
    let [bestCount, threshold] = [0, 0];
    for (let at = start; at < end; at++) {
      const row = order[at];
      const value = column[row];
      if (value > last + leastStep) {
        const left = at - start;
        const right = count - left;
        const difference = leftSum * right - (sum - leftSum) * left;
        if (difference * difference > greatest * (left * right)) {
          greatest = (difference * difference) / (left * right);
          bestCount = left;
          threshold = (value + last) / 2;
        }
      }
      leftSum += targets[row];
      last = value;
    }
    if (bestCount > 0) best = { feature, threshold, gain: greatest / count, leftCount: bestCount };
  }
  return best;
}

/** Moves the rows that go left before those that go right, each part in its old order. */
function partition(
  order: Int32Array,
  start: number,
  end: number,
  column: Float32Array,
  threshold: number,
  scratch: Int32Array,
): void {
  let [left, right] = [start, 0];
  for (let at = start; at < end; at++) {
    const row = order[at];
    const goesLeft = column[row] <= threshold ? 1 : 0;
    // Both are written and one is kept: a branch would be mispredicted half of the time.
    order[left] = row;
    scratch[right] = row;
    left += goesLeft;
    right += 1 - goesLeft;
  }
  order.set(scratch.subarray(0, right), left);
}
