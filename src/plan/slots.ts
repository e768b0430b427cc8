/**
 * What a slot holds. Operations take slots of given roles, so that two of equal shape cannot change places unseen.
 * `output` holds what a layer puts out and, once a loss is known, the gradient by it, before the layer's activation;
 * `gradient` a gradient in a place of its own; `sum` addends of one number, as many as an engine likes; `terms` three
 * numbers a sample: see DiscriminatorLoss.
 */
export type Role =
  | 'images'
  | 'noise'
  | 'permutation'
  | 'codes'
  | 'output'
  | 'gradient'
  | 'divergence'
  | 'sum'
  | 'terms';

/** A place in memory of one shape, [groups, rows, ...dims], that is there for as long as the run. */
export interface Slot<R extends Role = Role> {
  readonly role: R;
  /** Its own among a plan's slots. */
  readonly name: string;
  /** For a person, where it does not fit: "the output of encoder.conv0". */
  readonly label: string;
  /** Batches that lie behind one another; an engine may leave rows unused between them. */
  readonly groups: number;
  /** Samples of one group. */
  readonly rows: number;
  /** Shape of one sample, channels last. */
  readonly dims: readonly number[];
  /** Whether dims end in channels of images, which no engine rounds up. */
  readonly image: boolean;
}

/** One group of a slot's rows, all of them, or all but the last group's. */
export type Group = number | 'all' | 'butLast';

export interface Rows<R extends Role = Role> {
  readonly slot: Slot<R>;
  readonly group: Group;
}

export function rowsOf<R extends Role>(slot: Slot<R>, group: Group = 'all'): Rows<R> {
  return { slot, group };
}

/** Numbers of one sample. */
export function sampleLength({ dims }: Slot): number {
  return dims.reduce((product, length) => product * length, 1);
}

/** Numbers of a slot without what an engine adds. */
export function slotLength(slot: Slot): number {
  return slot.groups * slot.rows * sampleLength(slot);
}

/** Numbers of one group of a slot: as many as a step draws into it, or is given from outside. */
export function groupLength(slot: Slot): number {
  return slot.rows * sampleLength(slot);
}

/** Groups that a view of a slot has. */
export function groupCount({ slot, group }: Rows): number {
  if (group === 'all') return slot.groups;
  return group === 'butLast' ? slot.groups - 1 : 1;
}

/** The first group that a view of a slot has. */
export function firstGroup({ group }: Rows): number {
  return typeof group === 'number' ? group : 0;
}

/** Samples that a view of a slot has. */
export function rowCount(rows: Rows): number {
  return groupCount(rows) * rows.slot.rows;
}
