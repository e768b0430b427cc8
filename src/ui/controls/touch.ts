/** Where a finger is, in pixels of the window. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Whose a touch is: the control's own, another's (the page's, which scrolls or zooms), or not yet known. */
export type Owner = 'unknown' | 'control' | 'other';

/** A resting finger trembles by this much, in pixels. */
const slop = 8;
/** A finger that rests for longer, in milliseconds, wants something else than a tap. */
const longPress = 500;
/** A page that moved less long ago, in milliseconds, is still moving: a finger only stops it. */
const coasting = 120;

/** Whose a touch is once the finger has moved: controls are moved sideways, the page upwards and downwards. */
export function ownerOf(owner: Owner, from: Place, to: Place): Owner {
  const [across, along] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  if (owner !== 'unknown' || Math.max(across, along) <= slop) return owner;
  return across > along ? 'control' : 'other';
}

/** Times are those of events, in milliseconds: when the finger came, when it left, when the page moved last. */
export interface TouchTimes {
  readonly down: number;
  readonly up: number;
  readonly scrolled: number;
}

/** Whether a finger that left asked the control to go where it was: a short tap on a page at rest. */
export function isTap(owner: Owner, { down, up, scrolled }: TouchTimes): boolean {
  return owner === 'unknown' && up - down < longPress && down - scrolled > coasting;
}
